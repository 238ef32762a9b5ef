"""The whole demo history: a minute to make, a minute to remove, and every one of its lives passes the rules."""
import time

import pytest
from sqlalchemy import func, select

from core.db import db
from reporting.improvement.models import ImprovementItem
from retailers.models import Retailer
from tests.commands import invariants
from tests.commands.installations import call, installation
from tickets.models import Ticket

pytestmark = pytest.mark.proof
MINUTE = 60


def test_a_minute_in_and_a_minute_out(services, tmp_path):
    with installation(services, tmp_path, "whole_history") as app:
        call(app, "setup")
        began = time.monotonic()
        call(app, "demo")
        assert time.monotonic() - began < MINUTE
        with app.app_context():
            stories = frozenset(db.session.scalars(select(Ticket.id).order_by(Ticket.id).limit(60)))
            assert db.session.scalar(select(func.count()).select_from(Ticket)) > 12_000
            assert db.session.scalar(select(func.count()).select_from(Retailer)) == 1_200
            assert invariants.faults(stories) == []
            planted = db.session.scalar(select(ImprovementItem).filter_by(leaf_code="DLV.LATE", area="河东"))
            assert (planted.state, planted.verdict.result, planted.cause_code) == ("standardised", "effective", "process.handover")
        began = time.monotonic()
        call(app, "remove-demo")
        assert time.monotonic() - began < MINUTE

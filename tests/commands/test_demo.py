"""The demo organisation: every story stands where it should, nothing went out, and removing it leaves what was there before."""
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from accounts.models import User
from core import settings
from core.db import db
from tickets.models import Message, Ticket

STORIES = yaml.safe_load((Path(__file__).parents[2] / "packs" / "demo" / "stories.yaml").read_text())
STATES = {"redo": "in_progress"}


def test_load(run, database, queue, gateways):
    began = time.monotonic()
    run("demo-load")
    took = time.monotonic() - began
    print("took", took)
    states = Counter(database.session.scalars(select(Ticket.state).where(Ticket.is_demo)))
    assert states == Counter(STATES.get(story["end"], story["end"]) for story in STORIES)

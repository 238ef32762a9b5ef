"""The periodic look into every provider's account, and the broom for old refused requests."""
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from flask import current_app

from core import clock, failures
from core.db import db
from core.jobs import ONCE, job
from gateways import quarantine
from gateways.line import Line, LineFailure, Listed
from hotline.reconciliation import services
from hotline.reconciliation.takers import Taker, all_takers

log = structlog.get_logger()
GRACE = timedelta(seconds=60)  # what came this moment is left to its webhook


@job("reconcile", queue="slow", retry=ONCE)
def reconcile() -> None:
    """Take in what stands in a provider's account and never came to us. Two at once do no harm: each thing is taken in once."""
    for name, line in current_app.extensions["lines"].items():
        _compare(name, line)


@job("sweep_quarantine", queue="slow")
def sweep_quarantine() -> None:
    """Forget refused requests and comparisons whose time is over."""
    for remove in (quarantine.remove_old, services.remove_old):
        while remove():
            db.session.commit()
        db.session.commit()


def _compare(name: str, line: Line) -> None:
    run = services.begin(name)
    run_id, since = run.id, run.since
    db.session.commit()
    seen, faults = 0, []
    for taker in all_takers():
        listed, fault = _read(line, taker, since)
        seen += len(listed)
        faults += [fault] if fault else []
        faults += [fault for one in listed if (fault := _take(name, run_id, taker, one))]
    services.finish(run_id, seen, faults)
    db.session.commit()


def _read(line: Line, taker: Taker, since: datetime) -> tuple[list[Listed], str]:
    """What the account lists, read outside of any transaction; and why it could not be read."""
    try:
        return list(_ripe(getattr(line, taker.kind)(since - taker.further))), ""
    except LineFailure as failure:
        return [], f"{taker.kind} {failure}"


def _ripe(listed: Iterable[Listed]) -> Iterable[Listed]:
    youngest = clock.now() - GRACE
    return (one for one in listed if one.at <= youngest)


def _take(name: str, run_id: int, taker: Taker, one: Listed) -> str:
    """Take one thing in, in a transaction of its own: one that breaks must not cost the others. Returns what broke."""
    try:
        if taker.take(name, one.fields, one.at):
            services.count_admitted(run_id)
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.warning("reconcile_fault", provider=name, sid=one.sid, error=failures.in_short(error))
        return f"{taker.kind} {one.sid} {failures.in_short(error)[:200]}"
    return ""

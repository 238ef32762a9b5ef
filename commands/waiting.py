"""Waiting until the workers have made tickets of a file and given every ticket to somebody."""
import time
from collections.abc import Collection

import click
from sqlalchemy import func, select

from core.db import db
from intake.models import IntakeRecord
from tickets.models import Ticket

PATIENCE = 120  # seconds without any progress: most likely no worker runs


def wait_until_routed(external_ids: Collection[str], began: float) -> None:
    """Poll until everything stored from a file is done and routed. ClickException after two minutes without progress."""
    best, since = None, time.monotonic()
    while (left := _left(external_ids)) != (0, 0):
        if left != best:
            best, since = left, time.monotonic()
            click.echo(f"{left[0]} not a ticket yet, {left[1]} not routed yet", err=True)
        if time.monotonic() - since > PATIENCE:
            raise click.ClickException("Nothing has moved for two minutes. Do the workers run?")
        time.sleep(0.5)
    click.echo(f"tickets made and routed in {time.monotonic() - began:.1f} s: {_result(external_ids)}")


def _left(external_ids: Collection[str]) -> tuple[int, int]:
    """How many records are no ticket yet, and how many tickets of them are not routed yet."""
    db.session.rollback()  # look at what is committed now
    mine = _mine(external_ids)
    stored = db.session.scalar(select(func.count()).select_from(IntakeRecord).where(*mine, IntakeRecord.state == "stored"))
    waiting = db.session.scalar(select(func.count()).select_from(Ticket).join(IntakeRecord, IntakeRecord.ticket_id == Ticket.id)
                                .where(*mine, Ticket.awaits_routing))
    return stored, waiting


def _result(external_ids: Collection[str]) -> str:
    with_handler = func.count().filter(Ticket.assignee_id.is_not(None))
    handlers = func.count(Ticket.assignee_id.distinct())
    tickets, given, people = db.session.execute(
        select(func.count(), with_handler, handlers).select_from(Ticket).join(IntakeRecord, IntakeRecord.ticket_id == Ticket.id)
        .where(*_mine(external_ids))).one()
    return f"{tickets} tickets, {given} with one of {people} handlers, {tickets - given} in a queue"


def _mine(external_ids: Collection[str]) -> tuple:
    return IntakeRecord.channel == "file", IntakeRecord.external_id.in_(external_ids)

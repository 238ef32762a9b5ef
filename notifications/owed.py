"""Promises whose day comes or is over while nobody has said whether they were kept; the end of a ticket ends no promise."""
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.db import db
from notifications.models import Notice
from tickets.lifecycle import OPEN
from tickets.models import Promise, Ticket

SOON = timedelta(days=1)
UNTIL = timedelta(days=7)  # so long after the day somebody is still looked for who can be told
HELD = (*OPEN, "closed")  # what was withdrawn, declined or passed on is owed by nobody here
MOST = 500


def kind(promise: Promise, ticket: Ticket, now: datetime) -> str | None:
    """What the staff hears of it now: "promise_soon" in the last day, "promise_over" afterwards; None if there is nothing to say."""
    if promise.kept is not None or ticket.state not in HELD or promise.due_at > now + SOON:
        return None
    return "promise_over" if promise.due_at <= now else "promise_soon"


def key(kind_of: str, promise_id) -> str:
    """The beginning of the keys of its notices."""
    return f"{kind_of}:{promise_id}"


def untold(now: datetime) -> list[int]:
    """Ids of promises of which the staff has not heard yet what it should hear now."""
    return list(db.session.scalars(select(Promise.id).join(Ticket, Ticket.id == Promise.ticket_id).where(
        Promise.kept.is_(None), Ticket.state.in_(HELD), Promise.due_at.between(now - UNTIL, now + SOON),
        ~_noticed("promise_over") & ((Promise.due_at <= now) | ~_noticed("promise_soon"))).order_by(Promise.due_at).limit(MOST)))


def _noticed(kind_of: str):
    begins = func.concat(key(kind_of, ""), Promise.id, ":")
    return select(Notice.id).where(Notice.ticket_id == Promise.ticket_id, Notice.dedupe_key.startswith(begins)).correlate(Promise).exists()

"""Reading the audit trail: the filtered entries, and what each of them may show to this reader."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, func, or_, select

from core import organisation
from core.actor import Actor
from core.audit import AuditEntry
from core.db import db
from desk.admin import audit_lines, audit_values, audit_words
from tickets import access, case_number, queries
from tickets.models import Ticket


@dataclass(frozen=True)
class Wanted:
    """The conditions of the page; empty ones do not count. Days are local, both included."""

    who: str = ""
    action: str = ""
    case_no: str = ""
    since: date | None = None
    until: date | None = None


def entries(actor: Actor, wanted: Wanted):
    """A select of the entries that fit, the newest first."""
    query = select(AuditEntry).where(_not_kept_from(actor)).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    if wanted.who:
        query = query.where(AuditEntry.actor_name.icontains(wanted.who, autoescape=True))
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.since:
        query = query.where(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(AuditEntry.at < _midnight(wanted.until + timedelta(days=1)))
    return query.where(_of_case(actor, wanted.case_no)) if wanted.case_no else query


def _not_kept_from(actor: Actor):
    """What names this reader, or somebody near him, leaves no trace that he can count."""
    kept = queries.kept_from(actor)
    return and_(func.coalesce(AuditEntry.ticket_id, 0).not_in(select(Ticket.id).where(kept)), AuditEntry.target.not_in(select(Ticket.case_no).where(kept)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), organisation.zone())


def _of_case(actor: Actor, text: str):
    """A sealed ticket does not exist for others: its number finds nothing."""
    number = case_number.clean(text) or text.strip()
    ticket = db.session.scalar(select(Ticket).filter_by(case_no=number))
    if ticket is not None and _sealed_to(actor, ticket):
        return AuditEntry.id.is_(None)
    return or_(AuditEntry.ticket_id == ticket.id, AuditEntry.target == number) if ticket else AuditEntry.target == number


def rows(actor: Actor, found: Iterable[AuditEntry]) -> list[dict]:
    """The entries as the page shows them; of what is sealed only that something happened."""
    found = list(found)
    (by_id, by_number), words = _tickets(found), audit_values.known(found)
    return [_row(actor, entry, by_id.get(entry.ticket_id) or by_number.get(entry.target), words) for entry in found]


def _tickets(found: list[AuditEntry]) -> tuple[dict[int, Ticket], dict[str, Ticket]]:
    ids, targets = {e.ticket_id for e in found if e.ticket_id}, {e.target for e in found if e.target}
    tickets = db.session.scalars(select(Ticket).where(or_(Ticket.id.in_(ids), Ticket.case_no.in_(targets)))).all()
    return {t.id: t for t in tickets}, {t.case_no: t for t in tickets}


def _row(actor: Actor, entry: AuditEntry, ticket: Ticket | None, words: dict) -> dict:
    hidden = _sealed_to(actor, ticket) if ticket else entry.sealed
    may_read = not hidden and (ticket is None or access.can_see(actor, ticket))
    return {"at": entry.at, "who": audit_words.KINDS.get(entry.actor_kind, entry.actor_name), "action": audit_words.said(entry.action),
            "hidden": hidden, "case_no": ticket.case_no if ticket and not hidden else "", "open": bool(ticket) and may_read,
            "target": "" if hidden or ticket else audit_values.target(entry),
            "lines": audit_lines.lines(entry.detail, entry.action, words) if may_read else []}


def _sealed_to(actor: Actor, ticket: Ticket) -> bool:
    return access.kept_from(actor, ticket) or ticket.sealed and not access.can_see(actor, ticket)

"""The working papers beside the thread: why this handler, promises, checklist, more time, calls, other files."""
from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from accounts.models import User
from accounts.permissions import may
from catalog import queries as catalog
from core import clock
from core.actor import Actor
from core.db import db
from core.files import Attachment
from core.i18n import day, when
from desk.hot import words as hot_words
from desk.shown import words
from desk.shown.presenters import passed_over, routed
from desk.ticket.trail import call_reason
from desk.triage.matter import listed
from routing import queries as routing_queries
from routing import why as routing_why
from routing.models import RoutingDecision
from tickets import access, alone, kin
from tickets.lifecycle import ENDED
from tickets.models import CallTask, ChecklistMark, Extension, Message, Promise, Ticket

SHOWN = 5
UNANSWERED = frozenset(ENDED) - {"closed"}  # of a closed ticket one wants to read what was checked


def decisions(ticket: Ticket, actor: Actor) -> list[dict]:
    """Every routing decision, the newest first, in words as far as this reader may know them."""
    known = access.sees_identity(actor, ticket)
    return [decision(row, known) for row in routing_queries.decisions(ticket)]


def decision(row: RoutingDecision, known: bool = True) -> dict:
    """One decision: what it came to, and each candidate with what spoke against him; `known` says that the retailer is no secret."""
    asked = routing_why.waived(row.relaxed)
    people = [{"name": c["name"], "level": c["level"], "load": f"{c['load']:g} / {c['cap']:g}", "chosen": c["chosen"]}
              | verdict(c["reasons"], asked, known)
              for c in row.candidates]
    return {"at": when(row.at), "told": _told(row), "needed": row.needed_level, "people": people,
            "few": people[:SHOWN], "more": max(0, len(people) - SHOWN), "why": why(row, known)}


def verdict(codes: Sequence[str], asked: set[str], known: bool) -> dict:
    """What speaks against somebody; `waived`: it was asked of nobody, so that he could have had it all the same."""
    waived = bool(codes) and set(codes) <= asked
    return {"waived": waived and known, "reasons": [] if waived and not known else against(codes, known)}


def _told(row: RoutingDecision) -> str:
    by = db.session.get(User, row.basis["by"]) if "by" in row.basis else None
    return routed(_result(row), row.chosen.name if row.chosen else "", by.name if by else "")


def _result(row: RoutingDecision) -> str:
    """The code of words.ROUTED: who named somebody counts before what came of it."""
    if "by" in row.basis:
        return "finally" if row.basis["finally"] else "named"
    return "managers_turn" if row.result == "manager" and row.basis.get("managers_turn") else row.result


def why(row: RoutingDecision, known: bool) -> str:
    """One sentence about what put the chosen before the others, or the manager's reason; empty without a chosen one, and where nothing was kept."""
    if "by" in row.basis:
        return _reason(row.basis["note"])
    if row.result != "handler" or not row.weighed:
        return ""
    code, other = routing_why.reason(row.candidates, row.basis, row.relaxed, known)
    if code in words.WHY:
        return words.WHY[code] % {"other": other["name"] if other else ""}
    return _("Ahead of %(other)s, above all by %(what)s.", other=other["name"], what=words.AHEAD_BY[code])


def _reason(note_id: int | None) -> str:
    note = db.session.get(Message, note_id) if note_id else None
    return _("The reason: %(words)s", words=note.body) if note else ""


def against(codes, known: bool) -> list[str]:
    """What spoke against a candidate, in words; where the retailer is a secret, the same for everybody."""
    # Who serves the shop would tell which shop it is: everybody is passed over for the same reason then.
    return passed_over(codes) if known or not codes else [_("cannot take this one")]


def parent(ticket: Ticket, actor: Actor) -> dict | None:
    """The common cause that the ticket belongs to; the address only for whoever may open it. `alone` is said where the words to all do not reach it."""
    found = kin.of(ticket)
    if found is None:
        return None
    settled = found.resolved_at is not None
    return {"number": found.number, "title": hot_words.title(found), "settled": settled, "alone": _alone(ticket, settled),
            "href": url_for("desk.parent", parent_id=found.id) if may(actor.roles, "hot_issues") else ""}


def _alone(ticket: Ticket, settled: bool) -> str:
    waits = ticket.state in kin.ANSWERABLE and ticket.redos == 0
    reason = alone.still([ticket.id], clock.now()).get(ticket.id, "") if settled else alone.why(ticket) if waits else ""
    return hot_words.alone(reason, settled) if reason else ""


def promises(ticket: Ticket) -> list[dict]:
    """Commitments, the earliest first; `said` is one in a sentence, `late` that it is open and its day is over."""
    rows = db.session.scalars(db.select(Promise).filter_by(ticket_id=ticket.id).order_by(Promise.due_at, Promise.id))
    return [_promise(row) for row in rows]


def _promise(row: Promise) -> dict:
    due, late = day(row.due_at), row.kept is None and row.due_at < clock.now()
    said = _("%(what)s, overdue since %(day)s", what=row.text, day=due) if late else _("%(what)s, by %(day)s", what=row.text, day=due)
    return {"id": row.id, "text": row.text, "due": due, "kept": row.kept, "late": late, "said": said}


def checklist(ticket: Ticket, ticks: frozenset[int] | None = None) -> list[dict]:
    """What must be looked at before the answer, and what was; `ticks` stand in place of what is kept. Nothing where no answer will come."""
    items = catalog.checklist(ticket.leaf_code) if ticket.state not in UNANSWERED else []
    done = ticks if ticks is not None else _kept(ticket) if items else set()
    return [{"id": item.id, "zh": item.zh, "en": item.en, "done": item.id in done} for item in items]


def _kept(ticket: Ticket) -> set[int]:
    return set(db.session.scalars(db.select(ChecklistMark.item_id).where(ChecklistMark.ticket_id == ticket.id)))


def extensions(ticket: Ticket) -> list[Extension]:
    """Requests for more time, oldest first."""
    return list(db.session.scalars(db.select(Extension).filter_by(ticket_id=ticket.id).order_by(Extension.id)))


def calls(ticket: Ticket) -> list[dict]:
    """Calls that somebody had to make or still has to."""
    rows = db.session.scalars(db.select(CallTask).filter_by(ticket_id=ticket.id).order_by(CallTask.id))
    return [{"why": call_reason(row.reason), "text": row.text, "due": when(row.due_at), "result": words.CALL_RESULTS.get(row.result, ""),
             "note": row.note, "done": row.done_at is not None} for row in rows]


def other_files(ticket: Ticket) -> list[tuple]:
    """Files of the ticket that hang on no message, for `thread.attachments`."""
    rows = db.session.scalars(db.select(Attachment).filter_by(ticket_id=ticket.id, message_id=None).order_by(Attachment.id))
    return listed(list(rows), ticket.sealed)

"""Everything that the call desk's page shows to one reader, and which calls he may open."""
import secrets

from flask import render_template

from core import clock
from core.actor import Actor
from core.db import db
from core.errors import NotFound
from desk.calls import board, said, spoken
from desk.calls.card import card
from desk.calls.forms import CallForm
from desk.calls.proposed import proposed
from desk.calls.words import FILED
from desk.shown.presenters import due_text
from hotline.models import Call
from intake.models import IntakeRecord
from tickets import access
from tickets.models import Ticket


def find(call_id: int, actor: Actor, lock: bool = False) -> Call:
    """A call by its id. One whose ticket tells nobody who the caller is exists only for those who took or filed it."""
    found = db.session.get(Call, call_id, with_for_update=lock or None, populate_existing=lock)
    if found is None or not (actor.id in (found.answered_by_id, found.filed_by_id) or _open_to(actor, found)):
        raise NotFound("call")
    return found


def _open_to(actor: Actor, call: Call) -> bool:
    ticket = case(call)[1]
    return ticket is None or access.sees_identity(actor, ticket)


def case(call: Call) -> tuple[str | None, Ticket | None]:
    """The number under which a call was filed, and its ticket once there is one."""
    stored = db.session.get(IntakeRecord, call.intake_id) if call.intake_id else None
    ticket = call.ticket or (db.session.get(Ticket, stored.ticket_id) if stored and stored.ticket_id else None)
    return (ticket.case_no if ticket else stored and stored.case_no), ticket


def may_read(call: Call, actor: Actor) -> bool:
    """May this reader see what was said? A ticket that is closed to him closes its call as well."""
    ticket = case(call)[1]
    return ticket is None or access.can_see(actor, ticket)


def render(actor: Actor, call: Call | None = None, form: CallForm | None = None, revealed: bool = False, unkept: bool = False) -> str:
    """The page, with one call opened or none; `unkept` says that what stands in the form is kept nowhere yet."""
    shown = {"proposed": proposed(call, form) if call and form else {}, "groups": board.groups(call.id if call else None), "today": board.today(),
             "key": secrets.token_urlsafe(12), "call": call, "form": form, "unkept": unkept}
    return render_template("desk/calls.html", **shown, **(_opened(call, actor, revealed) if call else {}))


def _opened(call: Call, actor: Actor, revealed: bool) -> dict:
    readable = may_read(call, actor)
    return {"who": board.caller(call, board.names_of([call])), "card": card(call, actor, revealed), "clock": _clock(call),
            "said": said.so_far(call) if readable else None, "mine": call.answered_by_id == actor.id,
            "kept": due_text(call.draft_at), "storage": f"redress-draft:call:{call.id}:{actor.id}"} | _filed(call, readable)


def _filed(call: Call, readable: bool) -> dict:
    if call.filed_as is None:
        return {}
    number, ticket = case(call) if call.filed_as in ("ticket", "linked") else (None, None)
    return {"filed": FILED[call.filed_as], "case_no": number, "ticket": ticket if readable else None,
            "sentence": spoken.sentence(call, number, ticket) if call.filed_by_id else ""}


def _clock(call: Call) -> dict:
    """Since when the caller waits or talks, for the running time beside his name."""
    since = {"waiting": call.waiting_at, "talking": call.answered_at}.get(call.state)
    return {"since": since, "lasted": board.lasted(since and clock.now() - since)}

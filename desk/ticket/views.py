"""The ticket's page: reading it, pressing one of its buttons, writing to the retailer."""
from collections.abc import Callable
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from core.db import db
from core.errors import DomainError, NotAllowed
from desk.blueprint import actor, any_staff, desk
from desk.ticket import actions as ticket_actions
from desk.ticket import composer as ticket_composer
from desk.ticket import resting
from desk.ticket import view as ticket_view
from desk.ticket import writings as ticket_writings
from desk.ticket.draft import Draft
from desk.ticket.view import Typed
from desk.ticket.writing_steps import STEPS
from tickets import access, lifecycle, queries
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import replying, second_matters

CHANGED = _l("Something on this ticket has changed since you opened it. Look at it again; what you typed is still here.")
OTHER_ANSWER = _l("You chose another standard answer. Read it, then press again.")
SAID = {"save": _l("The draft is kept."), "send": _l("Sent."), "check": _l("The checklist is kept.")}
KEEPING = ("save", "check")  # steps by which nothing leaves the house


@desk.get("/tickets/<case_no>")
@any_staff
def ticket(case_no: str):
    """The page of one ticket."""
    return show(queries.by_case_no(actor(), case_no))


@desk.post("/tickets/<case_no>/do/<name>")
@any_staff
def ticket_act(case_no: str, name: str):
    """Press one of the buttons of ticket_actions."""
    found = queries.by_case_no(actor(), case_no)
    action = ticket_actions.BY_NAME.get(name) or abort(404)
    form = ticket_view.make_form(action, found, request.form)
    typed = Typed(name, form=form)
    if not form.validate():
        return show(found, typed, 422)

    def press():
        _refuse(action.offered(found, actor(), _hats(found)), found, action.event)
        _refuse_stale(found, action.strict)
        action.run(found, actor(), form)
    return carry_out(found, press, action.done, typed)


@desk.post("/tickets/<case_no>/write/<name>")
@any_staff
def ticket_write(case_no: str, name: str):
    """Look at, keep or send what is being written to the retailer."""
    found = queries.by_case_no(actor(), case_no)
    writing = ticket_writings.BY_NAME.get(name) or abort(404)
    pressed = request.form.get("do", "")
    draft, step = _draft(found, writing), STEPS.get(pressed)
    typed = Typed(name, draft=draft, proposal=request.form, ticks=_ticks(), spoken=_spoken(), marked=pressed not in (*KEEPING, "choose"))
    if step is None or draft is None:
        return show(found, typed)
    if draft.text_of != request.form.get("text_of"):
        return show(found, replace(typed, problem=OTHER_ANSWER, marked=False), 422)

    def press():
        _refuse(writing.offered(found, _hats(found)), found, writing.event)
        _refuse_stale(found, pressed not in KEEPING)
        if typed.ticks is not None:
            replying.check(found, actor(), set(typed.ticks))
        if typed.spoken is not None:
            second_matters.spoken_of(found, actor(), set(typed.spoken))
        step(found, actor(), draft, request.form)
    return carry_out(found, press, SAID.get(pressed, writing.done), typed, stay=pressed == "check")


def show(ticket: Ticket, typed: Typed | None = None, status: int = 200, revealed: bool = False):
    """The page, with what was typed and refused if there is any."""
    return render_template("desk/ticket.html", **ticket_view.page(ticket, actor(), typed, revealed)), status


def carry_out(ticket: Ticket, press: Callable[[], None], done, typed: Typed, stay: bool = False):
    """Press, commit and say so; what is refused comes back with its reason and everything that was typed.

    `stay` shows what was typed again after a success too: it is not finished.
    """
    written = resting.last_written(ticket)
    try:
        press()
    except DomainError as error:
        db.session.rollback()
        return show(ticket, replace(typed, problem=error.message, code=error.code), 403 if isinstance(error, NotAllowed) else 422)
    db.session.commit()
    flash(resting.told(ticket, written, done), "success")
    if stay:
        return show(ticket, typed)
    return redirect(url_for("desk.ticket", case_no=ticket.case_no) if access.can_see(actor(), ticket) else url_for("desk.home"))


def _hats(ticket: Ticket) -> frozenset[str]:
    reply = replying.open_reply(ticket) if ticket.state == "in_review" else None
    return access.hats(actor(), ticket, reply.author_id if reply else None)


def _refuse(offered: bool, ticket: Ticket, event: str | None) -> None:
    """A button that is not on this reader's page: the ticket has moved on, or it was never his."""
    if offered:
        return
    if event is not None and event not in lifecycle.events_from(ticket.state):
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    raise NotAllowed("not_allowed", REFUSALS["not_allowed"])


def _refuse_stale(ticket: Ticket, strict: bool) -> None:
    # Whoever sends or closes must have read what came in a minute ago.
    if strict and request.form.get("seen", str(ticket.version)) != str(ticket.version):
        raise DomainError("changed", CHANGED)


def _ticks() -> frozenset[int] | None:
    # The checkboxes stand beside the thread but belong to the composer; a page without them must not empty the list.
    return frozenset(request.form.getlist("item", type=int)) if "ticks" in request.form else None


def _spoken() -> frozenset[int] | None:
    return frozenset(request.form.getlist("speaks_of", type=int)) if "spoken" in request.form else None


def _draft(ticket: Ticket, writing: ticket_writings.Writing) -> Draft | None:
    versions = {str(version.id): version for version in ticket_composer.choices(writing.purpose, ticket)}
    chosen = versions.get(request.form.get("version", "")) or next(iter(versions.values()), None)
    return ticket_composer.from_form(ticket, actor(), chosen, request.form) if chosen else None

"""The triage desk: the queue on the left, the matter in hand on the right, one key for each usual step."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from core import clock, organisation
from core.db import db
from core.errors import DomainError
from desk.blueprint import actor, desk, needs
from desk.lists import conditions as lists
from desk.lists.rows import LOADED, several
from desk.recordings.heard import voices
from desk.shown import presenters as show
from desk.shown import returned
from desk.ticket.view import may_read_raw
from desk.transcripts import shown as transcripts
from desk.triage import matter, second
from desk.triage.forms import TriageForm, leaf_choices, triage_form
from desk.triage.proposed import columns, proposed
from desk.triage.steps import carry_out
from tickets import access, case_number
from tickets import queries as tickets
from tickets.lifecycle import managers_turn
from tickets.messages import REFUSALS
from tickets.models import Ticket
from triage import queries as readings

SHOWN = 100


@desk.get("/triage")
@needs("triage")
def triage():
    """The queue with its first matter, or the one named in the address."""
    rows = _queue()
    chosen = request.args.get("case") or (rows[0].case_no if rows else None)
    ticket = tickets.by_case_no(actor(), chosen) if chosen else None
    if ticket is not None and ticket.state != "received":
        return redirect(url_for("desk.ticket", case_no=ticket.case_no))
    return _page(rows, ticket, triage_form(ticket, actor()) if ticket else None)


@desk.post("/triage/<case_no>")
@needs("triage")
def triage_decide(case_no: str):
    """Carry out the step whose button was pressed; on an error the page comes back with what was typed."""
    ticket = tickets.by_case_no(actor(), case_no)
    if ticket.state != "received":
        flash(str(REFUSALS["wrong_state"]), "error")
        return redirect(url_for("desk.ticket", case_no=ticket.case_no))
    form = triage_form(ticket, actor())
    step, leaf = request.form.get("step", "dispatch"), ticket.leaf_code
    try:
        done = carry_out(step, ticket, form)
    except DomainError as error:
        db.session.rollback()
        flash(str(error.message), "error")
        done = None
    if done is None:
        return _page(_queue(), tickets.by_case_no(actor(), case_no), form), 422
    db.session.commit()
    flash(_linked(done, ticket), "success")
    if second.is_step(step) and access.can_see(actor(), ticket):  # the matter itself is still to be decided
        return _page(_queue(), ticket, form if ticket.leaf_code == leaf else triage_form(ticket, actor(), fresh=True))
    return redirect(url_for("desk.triage", **({"tab": request.args["tab"]} if "tab" in request.args else {})))


def _linked(done: str, ticket: Ticket) -> str:
    """The sentence with the ticket's number as a link, for those who may still see it."""
    if not access.can_see(actor(), ticket):
        return done
    number = case_number.unbroken(case_number.show(ticket.case_no))
    link = Markup('<a href="{}">{}</a>').format(url_for("desk.ticket", case_no=ticket.case_no), number)
    return escape(case_number.unbroken(done)).replace(number, link)


def _page(rows: list[Ticket], ticket: Ticket | None, form: TriageForm | None):
    known = matter.others(ticket, actor()) | {"raw": may_read_raw(ticket, actor()), "proposed": proposed(ticket, actor()), "second": second.shown(ticket, actor()),
                                               "with_it": second.told_with(ticket, actor()), "categories": leaf_choices(),
                                               "voices": voices(ticket), "talks": _talks(ticket), "returned": returned.of(ticket), "managers_turn": managers_turn(ticket)} if ticket else {}
    return render_template("desk/triage.html", rows=several(rows, actor()), proposals=columns(rows), today=_today(),
                           ticket=ticket, form=form, tabs=_tabs(),
                           card=matter.card(ticket, actor()) if ticket else None, files=matter.files,
                           clock=show.chip(show.main_clock(ticket)) if ticket else None, **known)


def _talks(ticket: Ticket) -> dict:
    return transcripts.of_ticket(ticket, request.args.get("talk", type=int), request.args.get("mark", type=int))


TABS = {
    "": (lambda: Ticket.asks == 0),
    "back": (lambda: Ticket.asks > 0),
    "sealed": (lambda: Ticket.sealed),
}


def _waiting(tab: str):
    return tickets.seen_by(actor()).where(lists.to_triage(actor()), TABS.get(tab, TABS[""])())


def _queue() -> list[Ticket]:
    query = tickets.due_first(_waiting(request.args.get("tab", ""))).options(*LOADED)
    return list(db.session.scalars(query.limit(SHOWN)))


def _tabs() -> list[dict]:
    labels = {"": _("To decide"), "back": _("Back with information"), "sealed": _("Sealed")}
    shown = [tab for tab in TABS if tab != "sealed" or actor().has("compliance", "liaison")]
    now = request.args.get("tab", "")
    return [{"label": labels[tab], "count": _count(tab), "href": url_for("desk.triage", **({"tab": tab} if tab else {})), "current": tab == now}
            for tab in shown]


def _count(tab: str) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(_waiting(tab).subquery()))


def _today() -> tuple[int, int]:
    """What the reader may see of what went without a person since midnight, and how many of those were corrected."""
    midnight = clock.now().astimezone(organisation.zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    return readings.unseen(actor(), midnight)

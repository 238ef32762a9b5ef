"""The triage desk: the queue on the left, the matter in hand on the right, one key for each usual step."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from catalog import queries as catalog
from core.db import db
from core.errors import DomainError
from desk.blueprint import actor, desk, needs
from desk.lists import conditions as lists
from desk.lists.rows import LOADED, row
from desk.shown import presenters as show
from desk.ticket.composer import standard_words
from desk.ticket.view import may_read_raw
from desk.triage import matter
from desk.triage.forms import TriageForm, triage_form
from tickets import access, case_number
from tickets import queries as tickets
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import merging, triaging
from tickets.services.handling import ask

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
    form, step = triage_form(ticket, actor()), STEPS.get(request.form.get("step", "dispatch"), _dispatch)
    try:
        done = step(ticket, form)
    except DomainError as error:
        db.session.rollback()
        flash(str(error.message), "error")
        done = None
    if done is None:
        return _page(_queue(), tickets.by_case_no(actor(), case_no), form), 422
    db.session.commit()
    flash(done, "success")
    return redirect(url_for("desk.triage", **({"tab": request.args["tab"]} if "tab" in request.args else {})))


def _page(rows: list[Ticket], ticket: Ticket | None, form: TriageForm | None):
    known = matter.others(ticket, actor()) | {"raw": may_read_raw(ticket, actor())} if ticket else {}
    return render_template("desk/triage.html", rows=[row(waiting, actor()) for waiting in rows], ticket=ticket, form=form, tabs=_tabs(),
                           card=matter.card(ticket, actor()) if ticket else None, files=matter.files,
                           clock=show.chip(show.main_clock(ticket)) if ticket else None, **known)


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


def _number(ticket: Ticket) -> str:
    return case_number.show(ticket.case_no)


# Steps: each returns the sentence that says what was done, or None when the form must be looked at again.

def _classify(ticket: Ticket, form: TriageForm) -> bool:
    if not form.validate():
        return False
    triaging.classify(ticket, actor(), catalog.leaf(form.leaf.data), form.severity.data, **form.facts())
    return True


def _dispatch(ticket: Ticket, form: TriageForm) -> str | None:
    if not _classify(ticket, form):
        return None
    if ticket.sealed and not access.can_see(actor(), ticket):  # the category sealed it: others decide from here on
        return _("%(case)s is sealed now. It was given to those who decide about such matters.", case=_number(ticket))
    triaging.dispatch(ticket, actor())
    return _("%(case)s was dispatched to %(team)s.", case=_number(ticket), team=show.team_name(ticket))


def _ask(ticket: Ticket, form: TriageForm) -> str | None:
    questions = (form.questions.data or "").strip()
    if not questions:
        form.questions.errors = [_("Write what you want to know from the retailer.")]
        return None
    speaker = {"handler": actor().name, "team": show.own_team(actor(), ticket.language), "questions": questions}
    ask(ticket, actor(), questions, standard_words(ticket, actor(), "ask", speaker))
    return _("The retailer is asked. %(case)s comes back when he answers.", case=_number(ticket))


def _noise(ticket: Ticket, form: TriageForm) -> str:
    triaging.classify(ticket, actor(), catalog.leaf("OTH.NOISE"), "S4")
    triaging.decline_noise(ticket, actor())
    return _("%(case)s was put aside as noise.", case=_number(ticket))


def _merge(ticket: Ticket, form: TriageForm) -> str:
    into = tickets.by_case_no(actor(), request.form.get("other", ""))
    merging.merge(ticket, actor(), into)
    return _("%(case)s was merged into %(other)s. For 24 hours this can be undone on its page.",
             case=_number(ticket), other=_number(into))


def _not_double(ticket: Ticket, form: TriageForm) -> str:
    other = tickets.by_case_no(actor(), request.form.get("other", ""))
    merging.refuse(ticket, other, actor())
    return _("These two are kept apart and will not be proposed again.")


def _release(ticket: Ticket, form: TriageForm) -> str:
    triaging.unseal(ticket, actor())
    return _("%(case)s was given back to the hotline.", case=_number(ticket))


def _seal(ticket: Ticket, form: TriageForm) -> str:
    triaging.seal(ticket, actor())
    return _("%(case)s was sealed.", case=_number(ticket))


STEPS = {"dispatch": _dispatch, "ask": _ask, "noise": _noise, "merge": _merge, "not_double": _not_double, "release": _release, "seal": _seal}

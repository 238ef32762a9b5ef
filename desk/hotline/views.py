"""The page of the hotline's lines and what a person does with a refused request."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from core import events
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotFound
from core.pagination import paginate
from desk.blueprint import BIGGEST_ID, actor, desk, needs
from desk.hotline import shown
from desk.hotline.words import STATES, WHY
from gateways import quarantine
from gateways.models import Quarantined

DECISIONS = {"admit": quarantine.admit, "discard": quarantine.discard}


@desk.get("/hotline")
@needs("operations")
def hotline():
    """Refused requests that wait, the doors, the last comparisons with the provider's account."""
    return _page()


@desk.post("/hotline/compare")
@needs("operations")
def hotline_compare():
    """Look into the provider's account now."""
    events.enqueue("reconcile")
    flash(_("The account is being read. The result appears here in a moment."), "success")
    return redirect(url_for("desk.hotline"))


@desk.post("/hotline/refused")
@needs("operations")
def hotline_decide():
    """Take in or discard those chosen, each on its own: one that cannot be taken in does not hold up the others."""
    chosen, decide = _asked(), DECISIONS.get(request.form.get("do", ""))
    if decide is None or not chosen:
        return _page([_("Choose at least one request.")])
    refused = [why for number in chosen if (why := _refusal(number, decide))]
    _tell_done(request.form["do"], len(chosen) - len(refused))
    return _page(refused) if refused else redirect(url_for("desk.hotline"))


@desk.get("/hotline/refused/<id:row_id>")
@needs("operations")
def hotline_refused(row_id: int):
    """One refused request with its words; who looked is recorded."""
    row = _row(row_id)
    record(actor(), Did.KNOCK_SEEN, target=f"{row.door} {row.id}")
    told = shown.entry(row)
    db.session.commit()
    return render_template("desk/hotline_refused.html", entry=told, why=WHY, states=STATES)


@desk.post("/hotline/refused/<id:row_id>")
@needs("operations")
def hotline_decide_one(row_id: int):
    """Take in or discard this one."""
    _row(row_id)
    decide = DECISIONS.get(request.form.get("do", ""))
    why = _refusal(row_id, decide) if decide else _("Choose at least one request.")
    if why:
        flash(why, "error")
        return redirect(url_for("desk.hotline_refused", row_id=row_id))
    _tell_done(request.form["do"], 1)
    return redirect(url_for("desk.hotline"))


def _page(refused=()):
    page = paginate(shown.refused())
    return render_template("desk/hotline.html", page=page, waiting=[shown.masked(row) for row in page.rows], doors=shown.door_lines(),
                           comparisons=shown.comparisons(), accounts=shown.accounts(), late=shown.late_accounts(), refused=refused,
                           picked=_asked() if request.method == "POST" else [], why=WHY)


def _asked() -> list[int]:
    """The chosen rows, each once."""
    numbers = (int(text) for text in request.form.getlist("pick") if text.isdecimal())
    return [number for number in dict.fromkeys(numbers) if number <= BIGGEST_ID]


def _row(row_id: int) -> Quarantined:
    row = db.session.get(Quarantined, row_id)
    if row is None:
        raise NotFound("refused request")
    return row


def _refusal(row_id: int, decide):
    """Decide about one, committed on its own; None, or why it was not possible."""
    try:
        row = db.session.get(Quarantined, row_id, with_for_update=True)
        if row is None:
            return _("This request is not kept any more.")
        decide(row, actor())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        return refusal.message
    return None


def _tell_done(what: str, count: int) -> None:
    if count and what == "admit":
        flash(ngettext("%(num)s request taken in.", "%(num)s requests taken in.", count), "success")
    elif count:
        flash(ngettext("%(num)s request discarded.", "%(num)s requests discarded.", count), "success")

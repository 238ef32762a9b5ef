"""The tracking page, and what a retailer adds to his case."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from wtforms.fields import SelectChoice

from catalog import queries as catalog
from core import files
from core.actor import RETAILER
from core.db import db
from core.i18n import day_hour, pick
from core.pages import public
from portal import caps, case, form_key, photos, presenters, sending, talk
from portal.blueprint import portal
from portal.case import Case
from portal.forms import AdditionForm, RatingForm
from portal.views.complaint import REMOVE
from tickets.models import Ticket
from tickets.services import urging


@portal.get("/t/<token>")
@public
def tracking(token: str):
    """How far it is, the answer, and what the retailer can do now."""
    return show(case.by_token(token))


@portal.post("/t/<token>/add")
@public
def add(token: str):
    """Take more facts and photos; they go the way of every arrival."""
    ticket, form = case.ticket_of(token), AdditionForm()
    external_id = form_key.external_id(form.form_key.data)
    if external_id is None or not ticket.is_open:
        return _changed(token, form)
    sent = photos.sent(form.photos.data)
    refusal = caps.refused_photos(get_remote_address(), len(sent))
    if refusal is not None:
        return _refused(ticket, form, refusal)
    faults = photos.take(sent, external_id, request.form.getlist(REMOVE))
    db.session.commit()  # good photos outlive a slip in the words
    if not photos.valid(form, faults) or _says_nothing(form, external_id):
        return show(case.by_token(token), addition=form)
    return _send(ticket, form, external_id)


@portal.post("/t/<token>/urge")
@public
def urge(token: str):
    """They have waited long and ask for haste: counted once in a while, and passed on to whoever has it in hand."""
    ticket = db.session.get(Ticket, case.ticket_of(token).id, with_for_update=True)
    counted, before = urging.urge(ticket, RETAILER, "web"), urging.last(ticket)
    db.session.commit()
    if counted:
        flash(_("We have told the people who are working on it that you are waiting."), "success")
    elif before is not None and urging.may_urge(ticket):
        flash(_("We passed that on at %(time)s already, and they know that you are waiting.", time=day_hour(before.at)), "success")
    return redirect(url_for("public.tracking", token=ticket.token))


def _changed(token: str, form: AdditionForm):
    form.form_key.data = form_key.new()
    form.form_errors.append(_("This page had changed in the meantime. Please look at it, and send once more if it is still needed."))
    return show(case.by_token(token), addition=form)


def _says_nothing(form: AdditionForm, external_id: str) -> bool:
    if form.text.data or files.waiting(external_id):
        return False
    form.text.errors = [_("Please write something or choose a photo.")]
    return True


def _send(ticket: Ticket, form: AdditionForm, external_id: str):
    refusal = caps.refused_addition(ticket.case_no)
    if refusal is not None:
        return _refused(ticket, form, refusal)
    sending.add(ticket, form.text.data, external_id)
    db.session.commit()
    flash(_("We have what you added. It appears here in a moment."), "success")
    return redirect(url_for("public.tracking", token=ticket.token))


def _refused(ticket: Ticket, form: AdditionForm, why: str):
    form.form_errors.append(why)
    return show(case.by_token(ticket.token), addition=form), 429


def show(found: Case, addition: AdditionForm | None = None, rating: RatingForm | None = None):
    """The tracking page, with forms as they were sent when something in them was wrong."""
    form = addition or _fresh_addition()
    return render_template(
        "portal/tracking.html", case=found, page=presenters.headline(found), continued=presenters.continued(found),
        beside=presenters.beside(found),
        answer=talk.answer(found), earlier=talk.earlier(found), question=talk.question(found), talk=talk.thread(found),
        steps=presenters.steps(found), may=presenters.may(found), addition=form,
        rating=rating or rating_form(found), kept=files.waiting(form_key.external_id(form.form_key.data)), remove=REMOVE, most=files.MAX_FILES)


def _fresh_addition() -> AdditionForm:
    # Read nothing from the request: another form of the same page may have been sent.
    form = AdditionForm(formdata=None)
    form.form_key.data = form_key.new()
    return form


def rating_form(found: Case, **more) -> RatingForm:
    """The survey with the organisation's reasons; shows the score that was given already."""
    form = RatingForm(**more)
    form.reason_code.choices = [SelectChoice(code.code, pick(code.name_zh, code.name_en)) for code in catalog.codes("redo_reason")]
    if found.ticket is not None and found.ticket.score and not form.is_submitted():
        form.score.data = str(found.ticket.score)
    return form

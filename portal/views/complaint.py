"""The complaint form."""
from datetime import timedelta

from flask import make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFError

from core import clock, files, settings
from core.db import db
from core.i18n import LANGUAGES
from core.pages import expired, public
from core.phone import normalise
from portal import caps, form_key, photos, sending
from portal.blueprint import portal
from portal.forms import ComplaintForm
from portal.raw import ANONYMOUS

REMOVE = "remove_photo"
SENT_JUST_NOW = timedelta(hours=1)


@portal.route("/", methods=["GET", "POST"])
@public
def form():
    """Show the form; store what it says and go on to the receipt."""
    form = ComplaintForm()
    external_id = form_key.external_id(form.form_key.data)
    if external_id is None:
        return _found_by_back(_anew(form))
    return _answer(form, _first_key(form))


def _answer(form: ComplaintForm, key: str):
    form.form_key.data, external_id = key, form_key.external_id(key)
    known, sent = sending.find(external_id), photos.sent(form.photos.data)
    if known is not None and known.raw["text"] == form.what.data and not sending.new_photos(known, {photo.digest for photo in sent}):
        return _to_receipt(known, form)
    return _read(form, external_id, sent)


def _read(form: ComplaintForm, external_id: str, sent: list[photos.Photo]):
    refusal = caps.refused_photos(get_remote_address(), len(sent))
    if refusal is not None:
        return _refused(form, external_id, refusal)
    faults = photos.take(sent, external_id, request.form.getlist(REMOVE), sending.brought(external_id))
    db.session.commit()  # good photos outlive a slip in another field
    if request.form.get("switch") in LANGUAGES:
        return _in_other_language(form, files.waiting(external_id))
    if not photos.valid(form, faults):
        return _page(form, files.waiting(external_id))
    return _send(form, external_id)


@portal.errorhandler(CSRFError)
def _expired(error):
    # The key is new as well: nobody else's page may choose under which key a retailer's words are stored.
    if request.endpoint != "public.form":
        return expired(error)
    form = ComplaintForm()
    form.form_key.data = form_key.new()
    form.form_errors.append(_("This page had been open for too long. Please choose your photos again, if there were any, and send once more."))
    return _page(form), 400


def _anew(form: ComplaintForm):
    form.form_key.data = form_key.new()
    if form.is_submitted():
        form.form_errors.append(_("This page was open for too long or came from elsewhere. Please send it once more."))
    return _page(form)


def _first_key(form: ComplaintForm) -> str:
    """Back from the receipt the browser may fetch the form anew, with another key, and fill in what was sent: that is still the same form."""
    words, key, at = session.get("sent", ("", "", 0))
    again = words == form_key.words(request.form) and clock.now().timestamp() - at < SENT_JUST_NOW.total_seconds()
    return key if again else form.form_key.data


def _found_by_back(page):
    # Not "no-store": where the browser can keep the page, what is changed after going back is added to the same case.
    answer = make_response(page)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _refused(form: ComplaintForm, external_id: str, why: str):
    form.form_errors.append(why)
    return _page(form, files.waiting(external_id)), 429


def _send(form: ComplaintForm, external_id: str):
    number = None if form.who.data == ANONYMOUS else normalise(form.phone.data, settings.get("country"))
    refusal = caps.refused_form(get_remote_address(), number)
    if refusal is not None:
        return _refused(form, external_id, refusal)
    record = sending.send(form, external_id)
    db.session.commit()
    session["sent"] = [form_key.words(request.form), form.form_key.data, int(clock.now().timestamp())]
    return _to_receipt(record, form)


def _in_other_language(form: ComplaintForm, kept: list):
    # A link would lose what is typed, so on this page the other language is a button of the form.
    session["lang"] = request.form["switch"]
    refresh()
    return _page(form, kept)


def _page(form: ComplaintForm, kept=()):
    return render_template("portal/form.html", form=form, kept=kept, remove=REMOVE, most=files.MAX_FILES)


def _to_receipt(record, form: ComplaintForm):
    if record.raw["anonymous"]:
        session["pin"] = [record.token, form_key.pin(form.form_key.data)]
    return redirect(url_for("public.receipt", token=record.token))

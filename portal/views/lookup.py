"""Back to a case without its link: number and phone, or number and PIN."""
from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from core import settings
from core.errors import NotFound
from core.limits import limiter
from core.pages import public
from core.phone import InvalidPhone, normalise
from portal import case, pins
from portal.blueprint import portal
from portal.case import Case
from portal.forms import LookupForm
from tickets import case_number


def _asked_number() -> str:
    return case_number.clean(request.form.get("number", "")) or "none"


@portal.route("/track", methods=["GET", "POST"])
@public
@limiter.limit("10/minute", methods=["POST"])
@limiter.limit("20/hour", methods=["POST"], key_func=_asked_number)
def lookup():
    """Lead to the tracking page; a wrong pair is answered in the same words whatever is wrong with it."""
    form = LookupForm()
    if form.validate_on_submit():
        found = _find(form.number.data)
        if _proves(form.secret.data, found):
            return redirect(url_for("public.tracking", token=found.token))
        form.form_errors.append(_("This number and this phone number or PIN do not belong together. Please look at both again."))
    return render_template("portal/lookup.html", form=form)


def _find(text: str) -> Case | None:
    try:
        return case.by_number(case_number.clean(text) or "")
    except NotFound:
        return None


def _proves(secret: str, found: Case | None) -> bool:
    # Both are always compared, so that the time taken says nothing about the case.
    by_pin = pins.fits(_digits(secret), found.pin_hash if found else None)
    return found is not None and (by_pin if found.anonymous else _number(secret) in found.numbers)


def _digits(secret: str) -> str:
    return "".join(str(int(char)) for char in secret if char.isdecimal())


def _number(secret: str) -> str | None:
    try:
        return normalise(secret, settings.get("country"))
    except InvalidPhone:
        return None

"""Entering a complaint on behalf of a retailer."""
import hashlib
import json
import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.db import db
from desk.blueprint import actor, desk, needs
from desk.triage.entry_forms import EntryForm
from intake import services
from retailers import queries as retailers
from tickets import case_number


@desk.route("/new", methods=["GET", "POST"])
@needs("enter_complaint")
def entry():
    """The form; a second press of the button gives the first case number again."""
    form = EntryForm(key=secrets.token_urlsafe(12)) if request.method == "GET" else EntryForm()
    if form.validate_on_submit():
        stored, _new = services.store(form.channel.data, _key(form), form.raw(), actor=actor(),
                                      captured_by_id=actor().id, sealed=form.kind.data == "report")
        db.session.commit()
        number = case_number.show(stored.case_no)
        flash(_("Stored. Tell the retailer the number %(number)s.", number=number), "success")
        return redirect(url_for("desk.entry_done", case_no=stored.case_no))
    return render_template("desk/entry.html", form=form, found=retailers.find(form.shop.data or "")), 422 if form.errors else 200


def _key(form: EntryForm) -> str:
    # What is typed counts: going back in the browser and entering another matter is not a repeat.
    typed = hashlib.sha256(json.dumps(form.raw(), sort_keys=True).encode()).hexdigest()[:16]
    return f"desk:{actor().id}:{form.key.data[:40]}:{typed}"


@desk.get("/new/<case_no>")
@needs("enter_complaint")
def entry_done(case_no: str):
    """The number to read out, and the way on."""
    return render_template("desk/entry_done.html", case_no=case_no)

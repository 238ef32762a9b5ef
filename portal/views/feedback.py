"""What the retailer says to the answer: solved, not solved, a score; or that he takes his case back."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from core.actor import RETAILER
from core.db import db
from core.errors import DomainError
from core.pages import public
from portal import case, presenters
from portal.blueprint import portal
from portal.forms import RejectionForm
from portal.views.tracking import rating_form, show
from satisfaction import services as satisfaction
from tickets.services import closing

CHANNEL = "web"


@portal.post("/t/<token>/accept")
@public
def accept(token: str):
    """It is solved."""
    ticket = case.ticket_of(token)
    return _done(token, _("Thank you. We have noted that it is solved."), lambda: satisfaction.accept(ticket))


@portal.route("/t/<token>/reject", methods=["GET", "POST"])
@public
def reject(token: str):
    """It is not solved: ask what is missing, then it is handled again."""
    found, form = case.by_token(token), RejectionForm()
    ticket = case.ticket_of(token)
    if form.validate_on_submit():
        return _done(token, _("We have noted what is missing. It is handled again, and you hear from us."),
                     lambda: satisfaction.reject(ticket, form.reason.data))
    if not form.is_submitted() and not presenters.may(found)["reject"]:
        return redirect(url_for("public.tracking", token=token))
    return render_template("portal/reject.html", case=found, form=form)


@portal.post("/t/<token>/rate")
@public
def rate(token: str):
    """A score from 1 to 5."""
    ticket, found = case.ticket_of(token), case.by_token(token)
    form = rating_form(found)
    if not form.validate():
        return show(found, rating=form)
    return _done(token, _("Thank you. Your score is noted."),
                 lambda: satisfaction.rate(ticket, int(form.score.data), form.reason_code.data or None, form.comment.data or "", CHANNEL))


@portal.route("/t/<token>/withdraw", methods=["GET", "POST"])
@public
def withdraw(token: str):
    """Ask once more, then end it."""
    found, form = case.by_token(token), FlaskForm()
    ticket = case.ticket_of(token)
    if form.validate_on_submit():
        return _done(token, _("You have taken this back. Nothing more will be done about it."),
                     lambda: closing.withdraw(ticket, RETAILER, confirmed=True))
    if not presenters.may(found)["withdraw"]:
        return redirect(url_for("public.tracking", token=token))
    return render_template("portal/withdraw.html", case=found, form=form)


def _done(token: str, thanks: str, act):
    try:
        act()
        db.session.commit()
        flash(thanks, "success")
    except DomainError as error:
        db.session.rollback()
        flash(str(error.message), "warning")
    return redirect(url_for("public.tracking", token=token))

"""What everybody sets for himself: password, language, how to be told, and where he is signed in."""
from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from accounts import services, sessions
from core.db import db
from core.errors import DomainError, NotFound
from desk.account import signed_in
from desk.account.forms import ChangePassword, Preferences
from desk.account.views import PASSWORD_FIELD, blueprint
from desk.blueprint import actor, any_staff
from desk.forms.errors import show

NO_ADDRESS = {"email": ("email", _l("We do not know your e-mail address. Ask an administrator to enter it.")),
              "sms": ("phone", _l("We do not know your phone number. Ask an administrator to enter it."))}


@blueprint.route("/password", methods=("GET", "POST"))
@any_staff
def password():
    """Change one's own password; other browsers are signed out."""
    form = ChangePassword()
    if form.validate_on_submit() and _change(form):
        flash(_("Your password is changed. Everywhere else you are signed out."), "success")
        return redirect(url_for("accounts.me"))
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


def _change(form: ChangePassword) -> bool:
    try:
        services.change_password(current_user, form.present.data, form.password.data, signed_in.present_session().id)
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        show(form, error, PASSWORD_FIELD | {"wrong_password": "present"})
        return False
    return True


@blueprint.route("/me", methods=("GET", "POST"))
@any_staff
def me():
    """Preferences, and the browsers in which one is signed in."""
    form = Preferences(obj=current_user)
    if form.validate_on_submit() and _reachable(form):
        services.change(actor(), current_user, language=form.language.data, notify_by=form.notify_by.data)
        db.session.commit()
        session["lang"] = form.language.data
        flash(_("Saved."), "success")
        return redirect(url_for("accounts.me"))
    shown = {"sessions": sessions.of_user(current_user), "here": signed_in.present_session().id}
    return render_template("accounts/me.html", form=form, **shown), 422 if form.errors else 200


def _reachable(form: Preferences) -> bool:
    column, message = NO_ADDRESS.get(form.notify_by.data, (None, None))
    if column is not None and not getattr(current_user, column):
        form.notify_by.errors = [message]
        return False
    return True


@blueprint.post("/me/sessions/<id:session_id>/end")
@any_staff
def end_session(session_id: int):
    """Sign another browser of one's own out."""
    if not sessions.revoke(actor(), current_user, session_id):
        raise NotFound("session")
    db.session.commit()
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("accounts.me"))


@blueprint.post("/me/sessions/end-others")
@any_staff
def end_other_sessions():
    """Sign every other browser of one's own out."""
    sessions.revoke_all(actor(), current_user, keep=signed_in.present_session().id)
    db.session.commit()
    flash(_("You are signed out everywhere else."), "success")
    return redirect(url_for("accounts.me"))

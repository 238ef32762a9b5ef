"""Signing in and out, the first administrator, and getting a new password."""
from math import ceil

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, refresh
from flask_limiter import RequestLimit
from flask_login import current_user

from accounts import letters, password_links, queries, services, sessions
from accounts.models import User
from core import clock
from core.db import db
from core.errors import DomainError, NotFound
from core.i18n import language
from core.limits import limiter
from core.pages import public
from desk.account import signed_in
from desk.account.forms import FirstAdministrator, Forgot, NewPassword, SignInForm
from desk.forms.errors import show

blueprint = Blueprint("accounts", __name__, url_prefix="/desk")
blueprint.record_once(lambda state: signed_in.init_app(state.app))

PASSWORD_FIELD = dict.fromkeys(("short_password", "long_password", "common_password", "login_in_password"), "password")


def _failed(response) -> bool:
    # Only failures count: a whole office may share one address. Nor does pressing on while one has to wait.
    return response.status_code not in (302, 429)


def _login_typed() -> str:
    return "login:" + request.form.get("login", "").strip().lower()


def _login_from_here() -> str:
    return f"{_login_typed()} from {request.remote_addr}"


def _wait(limit: RequestLimit) -> Response:
    form, minutes = SignInForm(), max(1, ceil((limit.reset_at - clock.now().timestamp()) / 60))
    form.form_errors.append(ngettext("Too many tries that did not work. Please wait %(num)s minute, then sign in again.",
                                     "Too many tries that did not work. Please wait %(num)s minutes, then sign in again.", minutes))
    return make_response(render_template("accounts/sign_in.html", form=form), 429)


# Who guesses at one name from one address comes to less an hour than the name bears, and so keeps nobody else out.
@blueprint.route("/sign-in", methods=("GET", "POST"))
@limiter.limit("30 per 10 minutes", methods=["POST"], deduct_when=_failed, on_breach=_wait)
@limiter.limit("10 per 10 minutes;30 per hour", methods=["POST"], deduct_when=_failed, key_func=_login_from_here, on_breach=_wait)
@limiter.limit("50 per hour", methods=["POST"], deduct_when=_failed, key_func=_login_typed, on_breach=_wait)
@public
def sign_in():
    """Sign-in name and password."""
    if not queries.exists():
        return redirect(url_for("accounts.first_administrator"))
    if current_user.is_authenticated:
        return redirect(url_for("desk.home"))
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit() and _authenticate(form):
        return redirect(_safe(form.next.data))
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


def _authenticate(form: SignInForm) -> bool:
    try:
        signed_in.begin(services.authenticate(form.login.data, form.password.data))
    except DomainError as error:
        show(form, error, {})
    db.session.commit()  # a failed try leaves its trace too
    return not form.form_errors


def _safe(target: str | None) -> str:
    """Where to go after signing in: a page of the desk, never another site."""
    inside = target and target.startswith("/desk/") and "\\" not in target and target.isprintable()
    return target if inside else url_for("desk.home")


@blueprint.post("/sign-out")
def sign_out():
    """End this browser's session."""
    sessions.sign_out(sessions.actor_for(current_user), signed_in.present_session())
    db.session.commit()
    signed_in.forget()
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/first-administrator", methods=("GET", "POST"))
@public
def first_administrator():
    """The first account of a new installation; afterwards this page does not exist."""
    if queries.exists():
        raise NotFound("first_administrator")
    form = FirstAdministrator()
    if form.validate_on_submit() and _create_first(form):
        return redirect(url_for("desk.home"))
    return render_template("accounts/first_administrator.html", form=form), 422 if form.errors else 200


def _create_first(form: FirstAdministrator) -> bool:
    try:
        signed_in.begin(services.create_first_admin(form.name.data, form.login.data, form.password.data, language()))
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        show(form, error, PASSWORD_FIELD)
        return False
    return True


@blueprint.route("/forgot", methods=("GET", "POST"))
@limiter.limit("10 per hour", methods=["POST"])
@public
def forgot():
    """Ask for a letter with a link. The answer is the same whether the person exists or not."""
    form = Forgot()
    if not form.validate_on_submit():
        return render_template("accounts/forgot.html", form=form), 422 if form.errors else 200
    user = queries.by_login_or_email(form.who.data)
    if user is not None and user.active and user.email:
        services.note_reset_asked(user)
        letters.want(user, "reset")
    db.session.commit()
    return render_template("accounts/forgot_sent.html")


@blueprint.route("/reset/<token>", methods=("GET", "POST"))
@limiter.limit("30 per hour", methods=["POST"])
@public
def reset(token: str):
    """Set a password with the link of an invitation or a reset."""
    link = password_links.find(token)
    if link is None:
        return render_template("accounts/link_over.html"), 410
    _speak_to(link.user)
    form = NewPassword()
    if form.validate_on_submit() and _use(token, form):
        flash(_("Your password is set. Sign in with it."), "success")
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/reset.html", form=form, user=link.user), 422 if form.errors else 200


def _speak_to(user: User) -> None:
    # The account's language, here and on the pages that follow, unless the reader of this browser chose another or is somebody else.
    if "lang" not in session and not current_user.is_authenticated:
        session["lang"] = user.language
        refresh()


def _use(token: str, form: NewPassword) -> bool:
    try:
        password_links.use(token, form.password.data)
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        show(form, error, PASSWORD_FIELD)
        return False
    signed_in.forget()
    return True

"""What every page gets: security headers, error pages, and the closed-unless-listed rule."""
from flask import Request, abort, current_app, g, redirect, render_template, request, url_for
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser

from core import organisation, settings
from core.db import db
from core.errors import NotAllowed, NotFound
from core.i18n import language, pick

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
       "media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
ERRORS = (400, 403, 404, 405, 409, 413, 429, 500)
PAGES = (400, 403, 404, 409, 413, 429, 500)


class CleanParser(FormDataParser):
    """Form values without NUL, which no text column can hold: it is never typed, at most pasted, and must not cost the rest."""

    def parse(self, *args, **kwargs):
        """Read the body as Flask does, then clean the values."""
        stream, form, files = super().parse(*args, **kwargs)
        return stream, self.cls((name, value.replace("\0", "")) for name, value in form.items(multi=True)), files


class CleanRequest(Request):
    """A request whose form can be stored."""

    form_data_parser_class = CleanParser


def public(view):
    """Mark a view as open to people who are not signed in. Everything else is closed."""
    view.is_public = True
    return view


def init_app(app) -> None:
    """Connect headers, errors, the guard and the template variables."""
    app.request_class = CleanRequest
    app.before_request(_refuse_nul)
    app.before_request(_guard)
    app.after_request(_headers)
    app.context_processor(_organisation)
    for status in ERRORS:
        app.register_error_handler(status, _error)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(NotAllowed, lambda error: _page(403, error.message))
    app.register_error_handler(StaleDataError, _stale)


def is_public(app, endpoint: str | None) -> bool:
    """True if the endpoint needs no sign-in: marked views, static files, health."""
    if endpoint is None or endpoint.endswith("static") or endpoint.startswith("health."):
        return True
    return getattr(app.view_functions[endpoint], "is_public", False)


def _refuse_nul() -> None:
    # An address is never typed with one; every query with it would be a fault of ours.
    words = (word for pair in request.args.items(multi=True) for word in pair)
    if "\0" in request.path or any("\0" in word for word in words):
        abort(400)


def _guard():
    if is_public(current_app, request.endpoint) or current_user.is_authenticated:
        return None
    return redirect(url_for("accounts.sign_in", next=request.full_path if request.method == "GET" else None))


def _headers(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _organisation() -> dict:
    try:
        return {"org": _facts()}
    except SQLAlchemyError:  # the page that says that the database is away must not need it
        db.session.rollback()
        return {"org": None}


def _facts() -> dict:
    return {
        "name": pick(settings.get("org_name_zh"), settings.get("org_name_en")), "hotline": settings.get("hotline_number"),
        "hours": pick(settings.get("hotline_hours_zh"), settings.get("hotline_hours_en")), "demo": settings.get("demo"),
        "timezone": str(organisation.zone())}


def _error(error: HTTPException):
    db.session.rollback()
    return error.response or _page(error.code or 500)  # a limit may bring a page of its own


def expired(error):
    """What is said when the token of a form is too old or not ours."""
    return _page(400)


def _stale(error):
    db.session.rollback()
    return _page(409)


def _page(status: int, message=None):
    context = {"message": message, "status": status, "staff": f"{request.path}/".startswith("/desk/")}
    name = f"errors/{status if status in PAGES else 400}.html"
    try:
        if status == 500:
            _ask_nobody()
        return render_template(name, **context), status
    except SQLAlchemyError:
        _ask_nobody()
        return render_template(name, **context), status


def _ask_nobody() -> None:
    # Who is signed in stands in the database, and what surrounds the staff's pages is counted there: the fault may lie in either.
    try:
        language()  # it is kept for the rest of the request
    except SQLAlchemyError:
        db.session.rollback()
    g._login_user = AnonymousUserMixin()

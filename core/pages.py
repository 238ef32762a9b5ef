"""What every page gets: security headers, error pages, and the closed-unless-listed rule."""
from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core import organisation, settings
from core.db import db
from core.errors import NotAllowed, NotFound
from core.i18n import pick

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
       "media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
ERRORS = (400, 403, 404, 405, 409, 413, 429, 500)
PAGES = (400, 403, 404, 409, 413, 429, 500)


def public(view):
    """Mark a view as open to people who are not signed in. Everything else is closed."""
    view.is_public = True
    return view


def init_app(app) -> None:
    """Connect headers, errors, the guard and the template variables."""
    app.before_request(_guard)
    app.after_request(_headers)
    app.context_processor(_organisation)
    for status in ERRORS:
        app.register_error_handler(status, _error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(NotAllowed, lambda error: _page(403, error.message))
    app.register_error_handler(StaleDataError, _stale)


def is_public(app, endpoint: str | None) -> bool:
    """True if the endpoint needs no sign-in: marked views, static files, health."""
    if endpoint is None or endpoint.endswith("static") or endpoint.startswith("health."):
        return True
    return getattr(app.view_functions[endpoint], "is_public", False)


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
    return _page(error.code or 500)


def _csrf_error(error):
    return _page(400)


def _stale(error):
    db.session.rollback()
    return _page(409)


def _page(status: int, message=None):
    known = status if status in PAGES else 400
    return render_template(f"errors/{known}.html", message=message, status=status), status

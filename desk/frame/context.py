"""What stands around every page: navigation with its numbers, who is signed in, the bell, the other language."""
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import may
from catalog import calendar_plan
from catalog import queries as catalog
from catalog.models import Membership
from core.db import db
from core.i18n import LANGUAGES, language, pick
from desk.blueprint import actor
from desk.frame import navigation, numbers
from desk.shown.words import ROLES
from tickets import case_number

STAFF_BLUEPRINTS = ("desk", "accounts")


def init_app(app) -> None:
    """Give every template the frame's variables, and the filter that keeps case numbers on one line."""
    app.context_processor(frame)
    app.jinja_env.filters["unbroken"] = lambda text: case_number.unbroken(str(text))


def frame() -> dict:
    """lang and lang_switch for everybody; nav, bottom, me and unread only on the staff's pages of somebody who is signed in."""
    found = {"lang": language(), "lang_switch": lang_switch()}
    if not _for_staff():
        return found | {"nav": [], "bottom": [], "me": None, "unread": 0, "finds": False}
    counted = numbers.read(actor())
    nav = navigation.sections(current_user.roles, counted)
    return found | {"missing_plan": missing_plan, "finds": may(current_user.roles, "search"), "nav": nav,
                    "bottom": navigation.bottom(current_user.roles, nav), "me": _me(), "unread": counted["notices"]}


def missing_plan() -> int | None:
    """The year whose plan of holidays is missing and needed soon, for whoever can enter it; asked only by the pages that say so."""
    return calendar_plan.missing(catalog.today()) if may(current_user.roles, "edit_catalog") else None


def lang_switch() -> tuple[str, str]:
    """Address and name of the other language; the address is the present one."""
    other = next(code for code in LANGUAGES if code != language())
    kept = request.args.to_dict() if request.method in ("GET", "HEAD") else {}
    return f"{request.path}?{urlencode(kept | {'lang': other})}", LANGUAGES[other]


def _for_staff() -> bool:
    # Elsewhere, and on error pages of unknown addresses, nobody reads the navigation: no query for it.
    return request.blueprint in STAFF_BLUEPRINTS and current_user.is_authenticated


def _me() -> dict:
    membership = db.session.get(Membership, current_user.id)
    roles = _list([ROLES[role] for role in current_user.roles])
    team = pick(membership.team.name_zh, membership.team.name_en) if membership else ""
    return {"name": current_user.name, "role_text": _("%(roles)s · %(team)s", roles=roles, team=team) if team else roles}


def _list(words) -> str:
    return _(", ").join(str(word) for word in words)

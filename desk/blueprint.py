"""The staff's blueprint, who is signed in, and what a page needs to be opened."""
from functools import wraps

from flask import Blueprint, g
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.routing import IntegerConverter

from accounts.permissions import PERMISSIONS, may
from catalog.queries import actor_of
from core.actor import Actor
from core.errors import NotAllowed

BIGGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """The number of a row in an address; what no row can have is not found."""

    def __init__(self, url_map):
        super().__init__(url_map, max=BIGGEST_ID)


desk = Blueprint("desk", __name__, url_prefix="/desk")


def actor() -> Actor:
    """The signed-in person as policies see him; read once a request."""
    if "actor" not in g:
        g.actor = actor_of(current_user)
    return g.actor


def needs(permission: str):
    """Open a view only to roles with `permission` (accounts.permissions). A test checks that every desk view has one."""
    PERMISSIONS[permission]

    def wrap(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if not may(current_user.roles, permission):
                raise NotAllowed("permission", _l("Your role does not include this page."))
            return view(*args, **kwargs)
        guarded.permission = permission
        return guarded
    return wrap


def any_staff(view):
    """Open a view to everybody who is signed in."""
    view.permission = "any_staff"
    return view

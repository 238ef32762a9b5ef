"""The values of the dimensions in words, in the order in which people expect them."""
from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import select

from catalog.models import Code, Leaf, LeafGroup, Team
from core.db import db
from core.i18n import pick
from desk.shown import words
from reporting.slices import NONE
from retailers.models import Retailer


def _leaves() -> list[tuple[str, str]]:
    found = db.session.execute(select(Leaf.code, Leaf.name_zh, Leaf.name_en).join(LeafGroup).order_by(LeafGroup.position, Leaf.position))
    return [(code, pick(zh, en)) for code, zh, en in found]


def _groups() -> list[tuple[str, str]]:
    found = db.session.execute(select(LeafGroup.code, LeafGroup.name_zh, LeafGroup.name_en).order_by(LeafGroup.position))
    return [(code, pick(zh, en)) for code, zh, en in found]


def _areas() -> list[tuple[str, str]]:
    return [(area, area) for area in db.session.scalars(select(Retailer.area).where(Retailer.area != "").distinct().order_by(Retailer.area))]


def _teams() -> list[tuple[str, str]]:
    return [(str(key), pick(zh, en)) for key, zh, en in db.session.execute(select(Team.id, Team.name_zh, Team.name_en).order_by(Team.id))]


def _channels() -> list[tuple[str, str]]:
    return [(key, str(words.CHANNELS[key])) for key in ("web", "sms", "phone", "visit", "counter", "email", "file")]


def _severities() -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in words.SEVERITIES.items()]


def _reasons() -> list[tuple[str, str]]:
    found = db.session.execute(select(Code.code, Code.name_zh, Code.name_en).filter_by(list="return_reason").order_by(Code.position))
    return [(code, pick(zh, en)) for code, zh, en in found]


OPTIONS: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "leaf": _leaves, "group": _groups, "area": _areas, "team": _teams, "channel": _channels, "severity": _severities,
    "reason": _reasons}


def options(dimension: str) -> list[tuple[str, str]]:
    """All values of a dimension as (value in an address, label)."""
    return OPTIONS[dimension]()


def value_of(key) -> str:
    """How a key of a figure stands in an address."""
    return NONE if key is None else str(key)


def missing(dimension: str) -> str:
    """What those without a value are called."""
    known = {"leaf": _("Not sorted yet"), "group": _("Not sorted yet"), "area": _("Area not known or not shown"), "team": _("No team yet")}
    return known.get(dimension, _("Not known"))

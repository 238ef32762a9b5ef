"""The conditions that a reader can put on a list, kept in the address."""
from collections.abc import Callable
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, not_, or_, select

from catalog.models import LeafGroup
from core import clock
from core.actor import Actor
from core.db import db
from core.i18n import pick
from desk.lists import conditions as lists
from desk.lists import due_board
from desk.shown import words
from retailers.models import Retailer
from tickets.models import Ticket


@dataclass(frozen=True)
class Filter:
    """One condition: its choices as [(value, label)], and the SQL of a chosen value."""

    name: str
    label: object
    options: Callable[[], list]
    where: Callable[[Actor, str], object]


def _area(actor: Actor, value: str):
    # Where a shop is tells who it might be: whoever may not know the name does not find it by its area either.
    known = or_(not_(Ticket.confidential), lists.when(actor.has("hotline", "compliance")))
    return and_(known, Ticket.retailer_id.in_(select(Retailer.id).where(Retailer.area == value)))


def _areas() -> list[tuple[str, str]]:
    found = db.session.scalars(select(Retailer.area).where(Retailer.area != "").distinct().order_by(Retailer.area))
    return [(area, area) for area in found]


def _groups() -> list[tuple[str, str]]:
    return [(group.code, pick(group.name_zh, group.name_en)) for group in db.session.scalars(select(LeafGroup).order_by(LeafGroup.position))]


def _time(actor: Actor, value: str):
    return Ticket.due_at < clock.now() if value == "late" else lists.soon(actor)


FILTERS = (
    Filter("severity", _l("Severity"), lambda: list(words.SEVERITIES.items()), lambda actor, value: Ticket.severity == value),
    Filter("group", _l("Category"), _groups, lambda actor, value: value == lists.GROUP),
    Filter("channel", _l("Channel"), lambda: [(key, words.CHANNELS[key]) for key in ("web", "sms", "phone", "visit", "counter", "email", "file")],
           lambda actor, value: Ticket.channel == value),
    Filter("area", _l("Area"), _areas, _area),
    Filter("time", _l("Time"), lambda: [("late", _l("Late")), ("soon", _l("Due soon"))], _time),
)

TEAM = Filter("team", _l("Team"), due_board.team_options, due_board.team_is)
STATE = Filter("state", _l("State"), lambda: list(words.STATES.items()), lambda actor, value: Ticket.state == value)


def read(offered=FILTERS) -> tuple[list[dict], dict[str, str]]:
    """The filters as ui.filters draws them, and the values chosen in the address; values that do not exist are ignored."""
    drawn, chosen = [], {}
    for item in offered:
        options = item.options()
        value = request.args.get(item.name, "")
        if value in dict(options):
            chosen[item.name] = value
        drawn.append({"name": item.name, "label": item.label, "options": [("", _("All")), *options], "value": chosen.get(item.name, "")})
    return drawn, chosen


def conditions(actor: Actor, chosen: dict[str, str]) -> list:
    """The SQL of the chosen values."""
    return [item.where(actor, chosen[item.name]) for item in (*FILTERS, TEAM, STATE) if item.name in chosen]

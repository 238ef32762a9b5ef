"""What is due, by team: late, in the next two hours, today, demanded; the table above the list of the same name, and its news."""
from datetime import datetime, time, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, exists, func, or_, select

from catalog import queries as catalog
from core import clock, organisation
from core.actor import Actor
from core.db import db
from core.i18n import pick
from desk.lists import conditions as lists
from tickets.lifecycle import OPEN
from tickets.models import Extension, Ticket
from tickets.queries import visible

SOON = timedelta(hours=2)
NO_TEAM = "0"


def in_two_hours(actor: Actor):
    """Due within two hours by the clock and not late; the clocks of the rows may tell working hours."""
    return Ticket.due_at.between(clock.now(), clock.now() + SOON)


def today(actor: Actor):
    """Due before this local day ends and not late."""
    return Ticket.due_at.between(clock.now(), _midnight())


def demanded(actor: Actor):
    """A manager's demand waits for its answer."""
    return and_(Ticket.supervised, Ticket.state.in_(OPEN))


def more_time(actor: Actor):
    """More time is asked for, and nobody has decided."""
    return exists().where(Extension.ticket_id == Ticket.id, Extension.decided_at.is_(None))


def on_the_board(actor: Actor):
    """Everything of which somebody who answers for a team must know today."""
    return and_(Ticket.state.in_(OPEN), or_(lists.pressing(actor), today(actor), in_two_hours(actor), demanded(actor), more_time(actor)))


# Columns of the table and views of the list: key, heading, condition.
COLUMNS = (("late", _l("Late"), lists.late), ("two", _l("Two hours by the clock"), in_two_hours),
           ("today", _l("Today"), today), ("demanded", _l("Demanded"), demanded))


def context(actor: Actor) -> dict:
    """The variables of templates/desk/_due_board.html."""
    return {"columns": [label for _key, label, _where in COLUMNS], "teams": _teams(actor), "at": clock.now()}


def team_is(actor: Actor, value: str):
    """The SQL of the filter by team; NO_TEAM are those that no team has yet."""
    return Ticket.team_id.is_(None) if value == NO_TEAM else Ticket.team_id == int(value)


def team_options() -> list[tuple[str, str]]:
    """The teams, and those tickets that have none."""
    return [*((str(team.id), pick(team.name_zh, team.name_en)) for team in catalog.teams()), (NO_TEAM, _("not dispatched yet"))]


def _teams(actor: Actor) -> list[dict]:
    names = dict(team_options())
    counted = db.session.execute(_counts(actor)).all()
    found = [_team(str(team_id or NO_TEAM), names, counts) for team_id, *counts in counted if any(counts)]
    return sorted(found, key=lambda team: [-cell["count"] for cell in team["cells"]])


def _counts(actor: Actor):
    columns = [func.count().filter(where(actor)) for _key, _label, where in COLUMNS]
    return select(Ticket.team_id, *columns).where(visible(actor), on_the_board(actor)).group_by(Ticket.team_id)


def _team(value: str, names: dict[str, str], counts) -> dict:
    cells = [{"count": count, "late": key == "late" and count > 0, "label": label, "href": url_for("desk.due", tab=key, team=value)}
             for (key, label, _where), count in zip(COLUMNS, counts, strict=True)]
    return {"name": names.get(value, ""), "href": url_for("desk.due", team=value), "cells": cells}


def _midnight() -> datetime:
    zone = organisation.zone()
    tomorrow = clock.now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), zone)

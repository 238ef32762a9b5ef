"""What the list of people shows: who, where, certified for what, away, with how much open."""
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import Select, any_, exists, func, or_, select

from accounts import letters
from accounts.models import ROLES, PasswordLetter, User
from catalog import queries as catalog
from catalog.models import Leave, Membership, Team
from core.actor import Actor
from core.db import db
from core.i18n import pick
from core.phone import mask
from desk.shown import words
from routing import weighing
from routing.queries import WORKED_ON
from tickets.models import Ticket
from tickets.queries import visible

STATUS = {"here": lambda: User.active, "away": lambda: User.active & User.id.in_(catalog.on_leave(catalog.today())), "left": lambda: ~User.active}


@dataclass(frozen=True)
class Row:
    """One line of the list; `load` is the weighted sum of the open tickets, `away` the last day of the present leave.

    `letter` is the last letter with a link to set a password, if it has not gone out although it should have.
    """

    user: User
    membership: Membership | None
    certificates: dict[str, int]
    away: object
    tickets: int
    load: float
    letter: PasswordLetter | None = None

    @property
    def phone(self) -> str:
        """The number as lists show it."""
        return mask(self.user.phone) if self.user.phone else ""

    @property
    def roles(self) -> list:
        """The roles in words."""
        return [words.ROLES[role] for role in self.user.roles]


def chosen() -> dict[str, str]:
    """The conditions in the address; values that do not exist are ignored."""
    known = {"status": set(STATUS), "team": {team.code for team in catalog.teams()}, "role": set(ROLES)}
    found = {name: request.args.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in found.items()} | {"q": request.args.get("q", "").strip()}


def filters(conditions: dict[str, str]) -> list[dict]:
    """Team and role as ui.filters draws them."""
    teams = [(team.code, pick(team.name_zh, team.name_en)) for team in catalog.teams()]
    return [{"name": "team", "label": _("Team"), "options": [("", _("All")), *teams], "value": conditions["team"]},
            {"name": "role", "label": _("Role"), "options": [("", _("All")), *words.ROLES.items()], "value": conditions["role"]}]


def query(conditions: dict[str, str]) -> Select:
    """A select of the people who fit, by name."""
    found = select(User).where(STATUS[conditions["status"] or "here"]()).order_by(User.name, User.id)
    if conditions["team"]:
        found = found.where(exists().where(Membership.user_id == User.id, Membership.team_id == Team.id, Team.code == conditions["team"]))
    if conditions["role"]:
        found = found.where(any_(User.roles) == conditions["role"])
    if conditions["q"]:
        columns = (User.name, User.login, User.email, User.phone)
        found = found.where(or_(*(column.icontains(conditions["q"], autoescape=True) for column in columns)))
    return found


def counts() -> dict[str, int]:
    """How many people each tab holds."""
    return {name: db.session.scalar(select(func.count()).select_from(User).where(where())) for name, where in STATUS.items()}


def rows(actor: Actor, users: list[User]) -> list[Row]:
    """The lines for these people, in six queries however many they are."""
    ids, day = [user.id for user in users], catalog.today()
    places = {row.user_id: row for row in db.session.scalars(
        select(Membership).where(Membership.user_id.in_(ids)).options(db.joinedload(Membership.team)))}
    away = dict(db.session.execute(select(Leave.user_id, Leave.ends).where(Leave.user_id.in_(ids), Leave.starts <= day, Leave.ends >= day)).all())
    certified, work, unsent = catalog.certificates(ids, day), _work(actor, ids), letters.unsent(ids)
    return [Row(user, places.get(user.id), certified[user.id], away.get(user.id), *work.get(user.id, (0, 0.0)), letter=unsent.get(user.id))
            for user in users]


def _work(actor: Actor, ids: list[int]) -> dict[int, tuple[int, float]]:
    # Only what the reader may see is counted: a number must not tell of a sealed ticket.
    found = db.session.execute(select(Ticket.assignee_id, func.count(), func.sum(weighing.load())).group_by(Ticket.assignee_id)
                               .where(Ticket.assignee_id.in_(ids), Ticket.state.in_(WORKED_ON), visible(actor)))
    return {user_id: (number, float(load)) for user_id, number, load in found}


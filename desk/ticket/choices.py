"""The lists that a ticket's forms choose from: code lists read once a request, and the people who may take the ticket."""
from datetime import date

from flask import g
from flask_babel import gettext as _

from accounts.models import User
from catalog import queries as catalog
from catalog.models import Code, Membership, Team
from core import i18n
from core.db import db
from core.i18n import pick
from routing import circles, conflict
from tickets.models import Ticket
from tickets.services import naming


def codes(list_name: str, blank: bool = True) -> list[tuple[str, str]]:
    """The active entries of a code list as (code, name), after an empty one if `blank`."""
    found = [(row.code, pick(row.name_zh, row.name_en)) for row in _lists().get(list_name, []) if row.active]
    return [("", _("choose")), *found] if blank else found


def name(list_name: str, code: str | None) -> str:
    """The name of one entry, entries out of use too; the code itself when nobody knows it, empty for none."""
    row = next((row for row in _lists().get(list_name, []) if row.code == code), None)
    return pick(row.name_zh, row.name_en) if row else code or ""


def _lists() -> dict[str, list[Code]]:
    # One query for all lists: the ticket page needs six of them.
    if "code_lists" not in g:
        g.code_lists = {}
        for row in db.session.scalars(db.select(Code).order_by(Code.list, Code.position)):
            g.code_lists.setdefault(row.list, []).append(row)
    return g.code_lists


def staff(ticket: Ticket) -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """Who is named or may be meant by the retailer's words, and everybody else who works here; each by name.

    Who serves the shop is not put first: that would tell which shop it is.
    """
    rows = db.session.execute(db.select(User.id, User.name, User.login, User.active).order_by(User.name)).all()
    said = naming.among(ticket, "\n".join(message.body for message in ticket.messages if message.kind == "in"), [row for row in rows if row.active])
    likely = {*ticket.named_ids, *said.ids, *said.perhaps}
    return ([(row.id, row.name) for row in rows if row.id in likely],
            [(str(row.id), row.name) for row in rows if row.active and row.id not in likely])


def takers(ticket: Ticket) -> list[tuple[str, str]]:
    """Who may be given the ticket by name: active handlers of its team, without its present handler and whoever must stand aside."""
    query = (db.select(User).join(Membership, Membership.user_id == User.id)
             .where(Membership.team_id == ticket.team_id, User.active, User.roles.contains(["handler"])).order_by(User.name))
    shut_out = {ticket.assignee_id, *conflict.shut_out(circles.of(ticket))}
    people, day = [user for user in db.session.scalars(query) if user.id not in shut_out], catalog.today()
    away = {user_id: spans[0][1] for user_id, spans in catalog.absences([user.id for user in people], day, day).items()}
    return [("", _("Let routing choose")), *((str(user.id), _away(user.name, away.get(user.id))) for user in people)]


def _away(name: str, until: date | None) -> str:
    return _("%(name)s (on leave until %(day)s)", name=name, day=i18n.day(until)) if until else name


def leaves(ticket: Ticket) -> list[tuple[str, str]]:
    """The categories in use as (code, name), without the one that the ticket has."""
    return [(leaf.code, f"{leaf.code} {pick(leaf.name_zh, leaf.name_en)}") for leaf in catalog.leaves() if leaf.code != ticket.leaf_code]


def handlers(ticket: Ticket) -> list[tuple[str, str]]:
    """Everybody who handles tickets as (id, name and team), without whoever has this one."""
    query = (db.select(User.id, User.name, Team).outerjoin(Membership, Membership.user_id == User.id).outerjoin(Team, Team.id == Membership.team_id)
             .where(User.active, User.roles.contains(["handler"]), User.id.is_distinct_from(ticket.assignee_id)).order_by(Team.id, User.name))
    return [(str(number), f"{name} ({pick(team.name_zh, team.name_en)})" if team else name) for number, name, team in db.session.execute(query)]


def deciders(ticket: Ticket) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Who is known to have taken the disputed decision, and everybody else who works here, by name."""
    people = db.session.execute(db.select(User.id, User.name).where(User.active | User.id.in_(ticket.decider_ids)).order_by(User.name, User.id)).all()
    known = [(number, name) for number, name in people if number in ticket.decider_ids]
    return known, [(number, name) for number, name in people if number not in ticket.decider_ids]

"""Taking in staff from a list: account, team, certificates."""
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from accounts import queries as accounts
from accounts import services
from accounts.models import ROLES, User
from catalog import people
from catalog.models import Leaf, LeafGroup, Team
from core.actor import Actor
from core.db import db
from core.errors import DomainError
from core.phone import InvalidPhone, normalise

FIELDS = ("login", "name", "email", "phone", "language", "roles", "team", "certificates", "cap", "lead", "joined_on", "areas", "superior")
TRUE = ("1", "true", "yes", "是")


class StaffImport:
    """Takes rows one by one; what teams and categories exist is read once."""

    def __init__(self, actor: Actor, is_demo: bool = False):
        self.actor, self.is_demo = actor, is_demo
        self.teams = dict(db.session.execute(select(Team.code, Team.id)).all())
        self.scopes = {*db.session.scalars(select(Leaf.code)), *db.session.scalars(select(LeafGroup.code))}

    def take(self, values: dict[str, str]) -> str:
        """Add or update one person by sign-in name; returns added, changed or kept. Raises DomainError saying what is wrong.

        Nobody loses a certificate by being in a list: what stands in the row is added or changed.
        """
        facts, user = self._facts(values), accounts.by_login(values["login"])
        if user is None:
            user = services.invite(self.actor, values["login"], facts.pop("name"), is_demo=self.is_demo, **facts)
            before = None
        else:
            before = _place(user)
            services.change(self.actor, user, **{name: value for name, value in facts.items() if values.get(name)})
        if user.active:
            self._join(user, values)
            self._report(user, values)
            self._certify(user, values)
        return "added" if before is None else "kept" if before == _place(user) else "changed"

    def _facts(self, values: dict[str, str]) -> dict:
        if not values.get("login") or not values.get("name"):
            raise DomainError("name_missing", _l("Sign-in name and name are needed."))
        roles = _split(values.get("roles"))
        unknown = [role for role in roles if role not in ROLES]
        if unknown:
            raise DomainError("unknown_role", _l("There is no role %(name)s.", name=unknown[0]))
        return {"name": values["name"], "email": values.get("email") or None, "phone": _phone(values.get("phone")),
                "language": "en" if values.get("language") == "en" else "zh", "roles": roles, "joined_on": _day(values.get("joined_on"))}

    def _join(self, user: User, values: dict[str, str]) -> None:
        code, present = values.get("team"), people.membership(user)
        if not code:
            return
        if code not in self.teams:
            raise DomainError("unknown_team", _l("There is no team %(name)s.", name=code))
        # A list that does not say who leads a team means its managers.
        leads = values["lead"].lower() in TRUE if values.get("lead") else "manager" in user.roles
        cap = _number(values["cap"]) if values.get("cap") else present.cap if present else people.DEFAULT_CAP
        areas = _split(values["areas"]) if values.get("areas") else present.areas if present else []
        people.put_in_team(self.actor, user, db.session.get(Team, self.teams[code]), leads, cap, areas)

    def _report(self, user: User, values: dict[str, str]) -> None:
        if not values.get("superior"):
            return
        superior = accounts.by_login(values["superior"])
        if superior is None:
            raise DomainError("unknown_superior", _l("Nobody has the sign-in name %(login)s yet; a superior comes before those who report to him.",
                                                     login=values["superior"]))
        services.change(self.actor, user, superior_id=superior.id)

    def _certify(self, user: User, values: dict[str, str]) -> None:
        held = {row.scope: (row.level, row.expires) for row in people.certificates(user)}
        for entry in _split(values.get("certificates")):
            scope, level, expires = (*entry.split(":"), "", "")[:3]
            if scope not in self.scopes or level not in ("1", "2", "3", "4"):
                raise DomainError("bad_certificate", _l("This is not a certificate: %(text)s", text=entry))
            wanted = int(level), _day(expires)
            if held.get(scope) != wanted:
                people.certify(self.actor, user, scope, *wanted)


def _place(user: User) -> tuple:
    """What a list can say about a person, to see whether it said anything new."""
    row = people.membership(user)
    return (user.name, user.email, user.phone, user.language, sorted(user.roles), user.joined_on, user.superior_id,
            row and (row.team_id, row.leads, row.cap, row.areas),
            [(held.scope, held.level, held.expires) for held in people.certificates(user)])


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _phone(text: str | None) -> str | None:
    try:
        return normalise(text) if text else None
    except InvalidPhone:
        raise DomainError("bad_phone", _l("This is not a phone number: %(text)s", text=text)) from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise DomainError("bad_number", _l("This is not a number: %(text)s", text=text)) from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DomainError("bad_day", _l("This is not a day (2026-05-31): %(text)s", text=text)) from None

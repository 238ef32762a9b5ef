"""Taking in shops from a list."""
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from accounts.models import User
from core.actor import Actor
from core.db import db
from core.errors import DomainError
from core.phone import InvalidPhone, normalise
from retailers import services
from retailers.models import SERVING_ROLES

TEXTS = ("shop_name", "owner_name", "email", "area", "area_type", "address", "service_class", "value_class")
FIELDS = ("licence_no", *TEXTS, "phone", "language", "support_needs", *SERVING_ROLES)
TRUE = ("1", "true", "yes", "是")


class RetailerImport:
    """Takes rows one by one; who works here is read once."""

    def __init__(self, actor: Actor, is_demo: bool = False):
        self.actor, self.is_demo = actor, is_demo
        self.staff = {login.lower(): number for login, number in db.session.execute(select(User.login, User.id))}

    def take(self, values: dict[str, str]) -> str:
        """Add or update one shop by licence number; returns added, changed or kept. Raises DomainError saying what is wrong.

        A field that the row leaves empty stays as it is.
        """
        if not values.get("licence_no"):
            raise DomainError("bad_licence", _l("The licence number is missing."))
        return services.upsert(self.actor, values["licence_no"], self.is_demo, **self._facts(values))[1]

    def _facts(self, values: dict[str, str]) -> dict:
        facts = {name: values[name] for name in TEXTS if values.get(name)}
        if values.get("phone"):
            facts["phone"] = number(values["phone"])
        if values.get("language"):
            facts["language"] = "en" if values["language"].lower().startswith("en") else "zh"
        if values.get("support_needs"):
            facts["support_needs"] = values["support_needs"].lower() in TRUE
        return facts | {f"{role}_id": self._person(values[role]) for role in SERVING_ROLES if values.get(role)}

    def _person(self, login: str) -> int:
        if login.lower() not in self.staff:
            raise DomainError("unknown_staff", _l("Nobody here has the sign-in name %(login)s.", login=login))
        return self.staff[login.lower()]


def number(text: str) -> str:
    """A phone number as it is stored. Raises DomainError `bad_phone`."""
    try:
        return normalise(text)
    except InvalidPhone:
        raise DomainError("bad_phone", _l("This is not a phone number: %(text)s", text=text)) from None

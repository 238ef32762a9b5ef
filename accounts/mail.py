"""The letter with a link to set a password."""
from flask import current_app
from flask_babel import gettext as _

from accounts.models import User
from core import i18n, settings
from gateways.base import Outgoing


def password_letter(user: User, purpose: str, address: str, reference: str) -> Outgoing:
    """The letter in the person's language; `purpose` is invite or reset."""
    with i18n.spoken(user.language):
        org = i18n.pick(settings.get("org_name_zh"), settings.get("org_name_en"))
        subject, body = WORDS[purpose](user, org, address)
    return Outgoing(channel="email", to=user.email, subject=subject, body=body, reference=reference)


def send(letter: Outgoing) -> None:
    """Hand the letter to the application's e-mail gateway. Raises GatewayFailure."""
    current_app.extensions["gateways"]["email"].send(letter)


def _invite(user: User, org: str, address: str) -> tuple[str, str]:
    return (_("Your account at %(org)s", org=org),
            _("Hello %(name)s,\n\nan account was made for you to work on complaints at %(org)s. Your sign-in name is %(login)s.\n"
              "Choose your password here within 7 days:\n\n%(address)s\n", name=user.name, org=org, login=user.login, address=address))


def _reset(user: User, org: str, address: str) -> tuple[str, str]:
    return (_("A new password for %(org)s", org=org),
            _("Hello %(name)s,\n\nsomebody asked for a new password for your account (%(login)s). If it was you, choose it here within an hour:"
              "\n\n%(address)s\n\nIf it was not you, do nothing: your password stays as it is.\n",
              name=user.name, login=user.login, address=address))


WORDS = {"invite": _invite, "reset": _reset}

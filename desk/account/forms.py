"""The forms of sign-in, passwords and one's own account."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from accounts.passwords import MIN_LENGTH
from core.i18n import LANGUAGES
from desk.forms.choices import choices

NOTIFY_WORDS = {"page": _l("Only on the page"), "email": _l("By e-mail too"), "sms": _l("By text message too")}
LOGIN_LENGTH = 64


def plain(text: str | None) -> str:
    """Without the spaces that phones put at the end of a word."""
    return (text or "").strip()


class SignInForm(FlaskForm):
    """Sign-in name and password; `next` is where the person wanted to go."""

    login = StringField(_l("Sign-in name"), [DataRequired(_l("Please enter your sign-in name."))], filters=[plain])
    password = PasswordField(_l("Password"), [DataRequired(_l("Please enter your password."))])
    next = HiddenField()


class NewPassword(FlaskForm):
    """A new password, twice."""

    password = PasswordField(_l("New password"), [DataRequired(_l("Please choose a password."))],
                             description=_l("%(least)s characters or more. A few words in a row are easy to keep in mind.", least=MIN_LENGTH))
    again = PasswordField(_l("New password, once more"), [EqualTo("password", _l("The two passwords are not the same. Please type both again."))])


class ChangePassword(NewPassword):
    """The person's own change asks for the present password first."""

    present = PasswordField(_l("Present password"), [DataRequired(_l("Please enter your present password."))])


class FirstAdministrator(NewPassword):
    """The very first account."""

    name = StringField(_l("Your name"), [DataRequired(_l("Please enter your name.")), Length(max=80)], filters=[plain])
    login = StringField(_l("Sign-in name"), [DataRequired(_l("Please choose a sign-in name.")), Length(max=LOGIN_LENGTH)], filters=[plain])


class Forgot(FlaskForm):
    """Who needs a new password."""

    who = StringField(_l("Sign-in name or e-mail address"), [DataRequired(_l("Please enter your sign-in name or e-mail address."))], filters=[plain])


class Preferences(FlaskForm):
    """How a person wants to be spoken to."""

    language = RadioField(_l("Language"), choices=choices(LANGUAGES.items()))
    notify_by = RadioField(_l("When something is waiting for me, tell me"), choices=choices(NOTIFY_WORDS.items()))

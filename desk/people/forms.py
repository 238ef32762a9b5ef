"""The forms of the people pages: a person, an invitation, a certificate, leave."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, FloatField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from accounts.models import ROLES, User
from catalog import people, queries
from catalog.models import LeafGroup
from core.db import db
from core.i18n import LANGUAGES, pick
from core.phone import InvalidPhone, normalise
from desk.account.forms import LOGIN_LENGTH, plain
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.shown import words

NO_TEAM = 0
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
LOGIN = r"^[\w.@+-]+$"
LEVEL_WORDS = {1: _l("1 · easy and normal matters"), 2: _l("2 · urgent ones too"), 3: _l("3 · critical ones too"), 4: _l("4 · and reviews others")}


class PersonForm(FlaskForm):
    """Who a person is, what he may do, and where he belongs."""

    name = StringField(_l("Name"), [DataRequired(_l("Please enter the name.")), Length(max=80)], filters=[plain])
    email = StringField(_l("E-mail"), [Optional(), Regexp(EMAIL, message=_l("This is not an e-mail address."))], filters=[plain])
    phone = StringField(_l("Telephone"), [Optional()], filters=[plain])
    language = RadioField(_l("Language"), choices=choices(LANGUAGES.items()), default="zh")
    roles = SelectMultipleField(_l("Roles"), [DataRequired(_l("Choose at least one role."))],
                                choices=[SelectChoice(role, words.ROLES[role]) for role in ROLES])
    joined_on = DateField(_l("Works here since"), [Optional(), in_reach])
    team = SelectField(_l("Team"), coerce=int)
    leads = BooleanField(_l("Leads this team: closes its tickets and enters its leave"))
    cap = FloatField(_l("Most work at a time"), [InputRequired(_l("Write a number.")), NumberRange(0, 100, _l("Between 0 and 100."))],
                     default=people.DEFAULT_CAP, description=_l("A critical matter counts 4, an urgent one 2, a normal one 1, a simple one ½."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.team.choices = [SelectChoice(NO_TEAM, _l("No team")), *(SelectChoice(t.id, pick(t.name_zh, t.name_en)) for t in queries.teams())]

    def validate_phone(self, field) -> None:
        """Keep the number as it is dialled from anywhere."""
        try:
            field.data = normalise(field.data)
        except InvalidPhone:
            raise ValidationError(_l("This is not a phone number that can be called.")) from None

    def facts(self) -> dict:
        """What accounts.services takes."""
        return {"name": self.name.data, "email": self.email.data or None, "phone": self.phone.data or None,
                "language": self.language.data, "roles": [role for role in ROLES if role in self.roles.data],
                "joined_on": self.joined_on.data}

    def place(self) -> tuple:
        """What catalog.people.put_in_team takes: team or None, leads, cap."""
        chosen = next((t for t in queries.teams() if t.id == self.team.data), None)
        return chosen, bool(chosen and self.leads.data), self.cap.data


class InviteForm(PersonForm):
    """A person who is not here yet."""

    login = StringField(_l("Sign-in name"), filters=[plain], validators=[
        DataRequired(_l("Please choose a sign-in name.")), Length(max=LOGIN_LENGTH),
        Regexp(LOGIN, message=_l("A sign-in name has letters, digits and . _ - @ only."))])


class CertificateForm(FlaskForm):
    """What a person is certified for."""

    scope = SelectField(_l("Category or whole group"))
    level = SelectField(_l("Level"), coerce=int, choices=choices(LEVEL_WORDS.items()))
    expires = DateField(_l("Valid until"), [Optional(), in_reach])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope.choices = [SelectChoice(code, name) for code, name in scopes().items()]


class LeaveForm(FlaskForm):
    """Days away."""

    starts = DateField(_l("First day away"), [InputRequired(_l("Which is the first day?")), in_reach])
    ends = DateField(_l("Last day away"), [InputRequired(_l("Which is the last day?")), in_reach])
    note = StringField(_l("Remark"), [Length(max=200)], filters=[plain])


def scopes() -> dict[str, str]:
    """Everything that one can be certified for: each group followed by its categories."""
    found: dict[str, str] = {}
    leaves = queries.leaves()
    for group in db.session.scalars(db.select(LeafGroup).order_by(LeafGroup.position)):
        found[group.code] = f"{group.code} {pick(group.name_zh, group.name_en)}"
        found |= {leaf.code: f"{leaf.code} {pick(leaf.name_zh, leaf.name_en)}" for leaf in leaves if leaf.group_code == group.code}
    return found


def person_form(user: User) -> PersonForm:
    """The form as it stands for a person."""
    row = people.membership(user)
    place = {"team": row.team_id, "leads": row.leads, "cap": row.cap} if row else {"team": NO_TEAM, "leads": False, "cap": people.DEFAULT_CAP}
    return PersonForm(obj=user, data=place)

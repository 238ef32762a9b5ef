"""The forms of the people pages: a person, an invitation, a certificate, leave."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import case
from wtforms import BooleanField, DateField, FloatField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from accounts.models import ROLES, User
from catalog import people, queries
from catalog.models import SEVERITIES, LeafGroup, Membership
from core.db import db
from core.i18n import LANGUAGES, pick
from core.phone import InvalidPhone, normalise
from desk.account.forms import LOGIN_LENGTH, plain
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.shown import words
from retailers import queries as retailers
from routing import weighing

NO_TEAM = NOBODY = 0
PLAIN = ("name", "email", "phone", "language", "roles", "joined_on")  # fields that stand as columns of the person
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
                     default=people.DEFAULT_CAP)
    areas = SelectMultipleField(_l("Areas of the shops that this person knows"), description=_l("None ticked: everywhere."))
    superior_id = SelectField(_l("Reports to, beside the lead of the team"), coerce=int, default=NOBODY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = weighing.weights()
        self.cap.description = _("A critical matter counts %(s1)s, an urgent one %(s2)s, a normal one %(s3)s, a simple one %(s4)s.",
                                 **{severity.lower(): f"{present.of(severity):g}" for severity in SEVERITIES})
        self.areas.choices = [SelectChoice(area, area) for area in sorted({*retailers.areas(), *(self.areas.data or ())})]
        self.superior_id.choices = [SelectChoice(NOBODY, _l("nobody")), *(SelectChoice(number, name) for number, name in _everybody())]
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
                "joined_on": self.joined_on.data, "superior_id": self.superior_id.data or None}

    def place(self) -> tuple:
        """What catalog.people.put_in_team takes: team or None, leads, cap, areas."""
        chosen = next((t for t in queries.teams() if t.id == self.team.data), None)
        return chosen, bool(chosen and self.leads.data), self.cap.data, self.areas.data or ()


def _everybody():
    return db.session.execute(db.select(User.id, User.name).where(User.active).order_by(User.name, User.id)).all()


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
    stand_in = SelectField(_l("Stands in"), coerce=int, default=NOBODY, description=_l("Is asked first for what cannot wait."))
    note = StringField(_l("Remark"), [Length(max=200)], filters=[plain])

    def chosen(self) -> User | None:
        """Who stands in, if anybody is to."""
        return db.session.get(User, self.stand_in.data) if self.stand_in.data else None


def leave_form(user: User, **options) -> LeaveForm:
    """The form of days away, with the people who can stand in."""
    form = LeaveForm(**options)
    form.stand_in.choices = stand_ins(user)
    return form


def stand_ins(user: User) -> list[SelectChoice]:
    """Everybody who may be named as a stand-in: handlers, those of the same team first."""
    place = people.membership(user)
    near = case((Membership.team_id == (place.team_id if place else None), 0), else_=1)
    found = db.session.execute(db.select(User.id, User.name).outerjoin(Membership, Membership.user_id == User.id)
                               .where(User.active, User.id != user.id, User.roles.contains(["handler"])).order_by(near, User.name, User.id))
    return [SelectChoice(NOBODY, _l("nobody")), *(SelectChoice(number, name) for number, name in found)]


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
    place = ({"team": row.team_id, "leads": row.leads, "cap": row.cap, "areas": row.areas} if row
             else {"team": NO_TEAM, "leads": False, "cap": people.DEFAULT_CAP, "areas": []})
    form = PersonForm(data=place | {name: getattr(user, name) for name in PLAIN} | {"superior_id": user.superior_id or NOBODY})
    form.superior_id.choices = [choice for choice in form.superior_id.choices if choice.value != user.id]
    return form

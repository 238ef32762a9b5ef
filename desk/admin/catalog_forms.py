"""The forms of categories, code lists and teams."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from catalog import queries as catalog
from catalog.models import Code, Leaf, Team
from core.i18n import pick
from desk.admin.catalog_words import ACCESS
from desk.forms.choices import choices
from desk.forms.number_typed import Readable
from desk.shown.words import SEVERITIES, TYPES

NAMED = [DataRequired(_l("Both languages need a name.")), Length(max=120)]
WHOLE = _l("Write a whole number.")
SHORT_CODE = [DataRequired(_l("Give it a code.")), Length(max=40),
              Regexp(r"[a-z0-9_.]+$", message=_l("A code has small letters, digits, dots and underscores only."))]


def plain(text: str | None) -> str:
    """Without space around it."""
    return (text or "").strip()


class Named(FlaskForm):
    """What everything in the catalogue has: a name in both languages, and whether it is in use."""

    name_zh = StringField(_l("Name (Chinese)"), NAMED, filters=[plain])
    name_en = StringField(_l("Name (English)"), NAMED, filters=[plain])
    active = BooleanField(_l("In use"), default=True)

    def values(self) -> dict:
        """The fields by column, without the token."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}


class LeafForm(Named):
    """A category: names, owner, default severity, what may be said and seen in it."""

    plain_zh = StringField(_l("In the retailer's words (Chinese)"), [Length(max=200)], filters=[plain])
    plain_en = StringField(_l("In the retailer's words (English)"), [Length(max=200)], filters=[plain])
    team_id = SelectField(_l("Team"), coerce=int)
    severity = SelectField(_l("Severity at the start"), choices=choices(SEVERITIES.items()))
    type = SelectField(_l("Kind of matter"), choices=choices(TYPES.items()))
    need = SelectField(_l("Level of need"))
    access = SelectField(_l("Who may see it"), choices=choices(ACCESS.items()),
                         description=_l("Sealed: compliance or the liaison only. Restricted: not the whole desk."))
    may_promise = BooleanField(_l("An answer may promise something"))
    desk_answer = BooleanField(_l("The hotline may answer it on the spot"))
    staff_conflict = BooleanField(_l("Whoever serves the shop may not handle it"))
    loss = BooleanField(_l("Money may be lost: ask for the amount"))
    compliance_copy = BooleanField(_l("Compliance has a copy: hears of each and may read it"))
    automatic = BooleanField(_l("A sure proposal is dispatched without a person"), default=True,
                             description=_l("Sealed categories never are."))


class NewLeafForm(LeafForm):
    """A category that does not exist yet."""

    code = StringField(_l("Code"), [DataRequired(_l("Give it a code."))], filters=[plain],
                       description=_l("Group, dot, name, all in capitals: DLV.LATE. It never changes."))


class CodeForm(Named):
    """An entry of a code list."""

    position = IntegerField(_l("Place in the list"), [Readable(WHOLE), InputRequired(WHOLE), NumberRange(0, 999, WHOLE)])


class NewCodeForm(FlaskForm):
    """An entry of a code list that does not exist yet."""

    code = StringField(_l("Code"), SHORT_CODE, filters=[plain])
    name_zh = StringField(_l("Name (Chinese)"), NAMED, filters=[plain])
    name_en = StringField(_l("Name (English)"), NAMED, filters=[plain])


def leaf_form(kind: type[LeafForm], leaf: Leaf | None = None) -> LeafForm:
    """The form with its choices; a team that was switched off stays choosable where it is chosen."""
    form = kind(obj=leaf)
    teams = {team.id: team for team in catalog.teams()} | ({leaf.team_id: leaf.team} if leaf else {})
    form.team_id.choices = choices((team.id, _name(team)) for team in teams.values())
    form.need.choices = choices([("", "–"), *((code.code, _name(code)) for code in catalog.codes("need_level"))])
    return form


def _name(row: Team | Code) -> str:
    return pick(row.name_zh, row.name_en)

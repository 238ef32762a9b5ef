"""The forms of standard answers: a new answer, and the words of a version part by part."""
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from answers.models import AnswerVersion
from catalog import queries as catalog
from core.i18n import pick
from desk.admin.answer_view import PURPOSES
from desk.forms.choices import choices

MOST_PARTS = 12
PART_KINDS = [("free", _l("may be reworded")), ("locked", _l("sent as it stands"))]


def plain(text: str | None) -> str:
    """Without space around it."""
    return (text or "").strip()


def own_lines(text: str | None) -> str:
    """Browsers send another line end than they were given."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


class PartForm(Form):
    """One part of an answer; an empty one is dropped. It belongs to a form that has the token."""

    kind = RadioField(_l("The handler"), choices=choices(PART_KINDS), default="free")
    text = TextAreaField(_l("Words"), [Length(max=1000)], filters=[own_lines])


class VersionForm(FlaskForm):
    """The words of a version in both languages."""

    title_zh = StringField(_l("Title (Chinese)"), [DataRequired(_l("Both languages need a title.")), Length(max=80)], filters=[plain])
    title_en = StringField(_l("Title (English)"), [DataRequired(_l("Both languages need a title.")), Length(max=80)], filters=[plain])
    parts_zh = FieldList(FormField(PartForm), max_entries=MOST_PARTS)
    parts_en = FieldList(FormField(PartForm), max_entries=MOST_PARTS)

    def typed(self, lang: str) -> list[dict]:
        """The parts that say something, as they are stored."""
        entries = (entry.form for entry in self[f"parts_{lang}"])
        return [{_kind(entry): entry.text.data} for entry in entries if plain(entry.text.data)]

    def make_room(self) -> None:
        """Keep one empty part at the end of each language, so that one can be added without script."""
        for entries in (self.parts_zh, self.parts_en):
            if len(entries) < MOST_PARTS and (not len(entries) or plain(entries[-1].form.text.data)):
                entries.append_entry({"kind": "free", "text": ""})


def _kind(entry: PartForm) -> str:
    return entry.kind.data if entry.kind.data in dict(PART_KINDS) else "free"


def version_form(version: AnswerVersion | None) -> VersionForm:
    """The form with the words of a version to begin with."""
    if version is None:
        return VersionForm()
    return VersionForm(data={"title_zh": version.title_zh, "title_en": version.title_en,
                             "parts_zh": _entries(version.parts_zh), "parts_en": _entries(version.parts_en)})


def _entries(parts: Iterable[dict]) -> list[dict]:
    return [{"kind": kind, "text": text} for part in parts for kind, text in part.items()]


class RegisteredForm(Form):
    """The ids under which a carrier knows the words of a version. Several may stand on a page, each in a form that has the token."""

    zh = StringField(_l("Template (Chinese)"), [Length(max=100)], filters=[plain])
    en = StringField(_l("Template (English)"), [Length(max=100)], filters=[plain])


def registered_form(version: AnswerVersion, gateway: str, typed=None) -> RegisteredForm:
    """The form with the ids that are known, or with what was typed; its fields are named after the gateway."""
    return RegisteredForm(typed, prefix=gateway, data=version.provider_ids.get(gateway, {}))


class NewAnswerForm(FlaskForm):
    """What a new answer is for."""

    code = StringField(_l("Code"), [DataRequired(_l("Give it a code.")), Length(max=40),
                                    Regexp(r"[A-Za-z0-9_-]+$", message=_l("A code has letters, digits and hyphens only."))], filters=[plain])
    purpose = SelectField(_l("Purpose"), choices=choices(PURPOSES.items()), default="answer")
    leaf = SelectField(_l("Category"))


def new_answer_form() -> NewAnswerForm:
    """The form with the categories to choose from."""
    form = NewAnswerForm()
    leaves = ((leaf.code, f"{leaf.code} {pick(leaf.name_zh, leaf.name_en)}") for leaf in catalog.leaves())
    form.leaf.choices = choices([("", _l("every category")), *leaves])
    return form

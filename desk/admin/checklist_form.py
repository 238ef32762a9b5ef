"""The form of a category's checklist: its lines, and three empty ones for new lines."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, StringField
from wtforms.validators import Length

from catalog.models import ChecklistItem, Leaf
from catalog.services import Item
from core.db import db

EMPTY_LINES = 3


class LineForm(Form):
    """One line in both languages. It belongs to a form that has the token."""

    id = HiddenField()
    zh = StringField(_l("Chinese"), [Length(max=200)])
    en = StringField(_l("English"), [Length(max=200)])
    active = BooleanField(_l("In use"), default=True)


class ChecklistForm(FlaskForm):
    """The lines in their order."""

    lines = FieldList(FormField(LineForm))

    def validate_lines(self, field) -> None:
        """Both languages or none; a line that was in use cannot be emptied, only switched off."""
        for entry in field:
            zh, en = (entry.form.zh.data or "").strip(), (entry.form.en.data or "").strip()
            if bool(zh) != bool(en) or entry.form.id.data and not zh:
                (entry.form.en if zh else entry.form.zh).errors = [_l("Both languages are needed.")]
                self.form_errors.append(_l("A line needs both languages. To drop one, take away “In use”."))

    def validate(self, extra_validators=None) -> bool:
        """The form's own errors count too."""
        return super().validate(extra_validators) and not self.form_errors

    def items_typed(self) -> list[Item]:
        """The lines that say something."""
        lines = [entry.form for entry in self.lines]
        return [Item(int(line.id.data) if line.id.data else None, line.zh.data.strip(), line.en.data.strip(), line.active.data)
                for line in lines if line.zh.data and line.zh.data.strip()]


def checklist_form(leaf: Leaf) -> ChecklistForm:
    """The form with the lines as they are, those out of use last."""
    query = select(ChecklistItem).filter_by(leaf_code=leaf.code).order_by(ChecklistItem.active.desc(), ChecklistItem.position)
    rows = [{"id": row.id, "zh": row.zh, "en": row.en, "active": row.active} for row in db.session.scalars(query)]
    return ChecklistForm(data={"lines": rows + [{"id": "", "zh": "", "en": "", "active": True}] * EMPTY_LINES})

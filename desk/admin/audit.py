"""The page of the audit trail: who did what to which thing, and when."""
from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField, StringField
from wtforms.validators import Optional

from core.pagination import paginate
from desk.admin import audit_rows, audit_words
from desk.blueprint import actor, desk, needs
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable

NO_DAY = _l("Choose a day.")


class AuditFilter(Form):
    """The conditions, kept in the address."""

    who = StringField(_l("Who"), [Optional()])
    action = SelectField(_l("What"), choices=choices(audit_words.options()), validators=[Optional()])
    case_no = StringField(_l("Case number"), [Optional()])
    since = DateField(_l("From"), [Optional(), Readable(NO_DAY), in_reach])
    until = DateField(_l("To"), [Optional(), Readable(NO_DAY), in_reach])

    def wanted(self) -> audit_rows.Wanted:
        """What was typed; what cannot be read does not count and is marked."""
        fields = {name: field.data for name, field in self._fields.items() if not field.errors}
        return audit_rows.Wanted(**{name: value.strip() if isinstance(value, str) else value for name, value in fields.items() if value})


@desk.get("/audit")
@needs("audit")
def audit():
    """The entries that fit, the newest first."""
    form = AuditFilter(request.args)
    form.validate()
    page = paginate(audit_rows.entries(actor(), form.wanted()))
    narrowed = any(field.data for field in form)
    return render_template("desk/audit.html", form=form, page=page, rows=audit_rows.rows(actor(), page.rows), narrowed=narrowed,
                           clear=url_for("desk.audit"))

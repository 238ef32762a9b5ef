"""The page of the settings: what an organisation changes without a programmer."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from core import settings
from core.db import db
from desk.admin.settings_form import changeable, sections, settings_form
from desk.blueprint import actor, desk, needs


@desk.route("/settings", methods=["GET", "POST"], endpoint="settings")
@needs("settings")
def settings_page():
    """All settings by group; only what differs is written, each with a trace."""
    form = settings_form()
    if form.validate_on_submit():
        changed = sum(settings.change(actor(), setting.key, form[setting.key].data) for setting in changeable())
        db.session.commit()
        flash(ngettext("%(num)s setting changed.", "%(num)s settings changed.", changed) if changed else _("Nothing was changed."), "success")
        return redirect(url_for("desk.settings"))
    return render_template("desk/settings.html", form=form, sections=sections(form), demo=settings.get("demo"))

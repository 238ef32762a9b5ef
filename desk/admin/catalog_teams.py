"""The teams: how many people each has, and which categories belong to it."""
from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from catalog import services
from catalog.models import Leaf, Membership, Team
from core.db import db
from core.errors import DomainError, NotFound
from desk.admin.catalog import may_edit, saved, tabs
from desk.admin.catalog_forms import Named, NewCodeForm
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors


@desk.get("/catalog/teams")
@needs("catalog")
def teams():
    """The teams, how many people each has and how many categories belong to it."""
    return _teams(NewCodeForm(formdata=None))


@desk.post("/catalog/teams")
@needs("edit_catalog")
def team_new():
    """Add a team."""
    form = NewCodeForm()
    if not form.validate_on_submit():
        return _teams(form)
    try:
        services.add_team(actor(), form.code.data, form.name_zh.data, form.name_en.data)
    except DomainError as error:
        form_errors.show(form, error, {"code_taken": "code"})
        return _teams(form)
    return saved(True, url_for("desk.teams"))


@desk.route("/catalog/teams/<code>", methods=["GET", "POST"])
@needs("edit_catalog")
def team_edit(code: str):
    """Rename a team or switch it off."""
    row = db.session.scalar(select(Team).filter_by(code=code))
    if row is None:
        raise NotFound("team")
    form = Named(obj=row)
    if form.validate_on_submit():
        try:
            return saved(services.change_team(actor(), row, **form.values()), url_for("desk.teams"))
        except DomainError as error:
            form_errors.show(form, error, {"team_owns_leaves": "active"})
    return render_template("desk/catalog_entry.html", form=form, row=row, title=_("Teams"), back=url_for("desk.teams"))


def _teams(form: NewCodeForm):
    def counted(column, *where):
        return dict(db.session.execute(select(column, func.count()).where(*where).group_by(column)).all())
    rows = db.session.scalars(select(Team).order_by(Team.active.desc(), Team.id)).all()
    return render_template("desk/teams.html", teams=rows, form=form, tabs=tabs("teams"), may_edit=may_edit(),
                           people=counted(Membership.team_id), leaves=counted(Leaf.team_id, Leaf.active))

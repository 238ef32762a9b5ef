"""The categories: the tree, one category, and its checklist."""
from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import may
from catalog import queries, services
from catalog.models import Leaf
from core.db import db
from core.errors import DomainError, NotFound
from desk.admin import catalog_words
from desk.admin.catalog_forms import LeafForm, NewLeafForm, leaf_form
from desk.admin.checklist_form import checklist_form
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors


def tabs(current: str) -> list[dict]:
    """The views of the catalogue."""
    names = ("catalog", "sla", "escalation", "codes", "teams", "cues", "text_words", "dictionary", "learning")
    urls = {name: url_for(f"desk.{name}") for name in names}
    return catalog_words.tabs(current, urls)


def may_edit() -> bool:
    """True if the reader may change the catalogue."""
    return may(current_user.roles, "edit_catalog")


def saved(changed: bool, address: str):
    """Commit, say it, and go on."""
    db.session.commit()
    flash(_("Saved. It holds from now on.") if changed else _("Nothing was changed."), "success")
    return redirect(address)


@desk.get("/catalog")
@needs("catalog")
def catalog():
    """The tree, with what each category allows."""
    groups = [(group, list(leaves)) for group, leaves in groupby(queries.leaves(active=False), key=lambda leaf: leaf.group)]
    return render_template("desk/catalog.html", groups=groups, tabs=tabs("catalog"), access=catalog_words.ACCESS, may_edit=may_edit())


@desk.get("/catalog/leaves/<code>")
@needs("catalog")
def leaf(code: str):
    """One category as it is."""
    return render_template("desk/leaf.html", leaf=_leaf(code), items=queries.checklist(code), need=queries.code("need_level", _leaf(code).need),
                           access=catalog_words.ACCESS, may_edit=may_edit())


@desk.route("/catalog/leaves/<code>/edit", methods=["GET", "POST"])
@needs("edit_catalog")
def leaf_edit(code: str):
    """Change a category."""
    row = _leaf(code)
    form = leaf_form(LeafForm, row)
    if form.validate_on_submit():
        changed = services.change_leaf(actor(), row, **form.values())
        return saved(changed, url_for("desk.leaf", code=code))
    return render_template("desk/leaf_edit.html", form=form, leaf=row)


@desk.route("/catalog/new", methods=["GET", "POST"])
@needs("edit_catalog")
def leaf_new():
    """Add a category."""
    form = leaf_form(NewLeafForm)
    if form.validate_on_submit():
        try:
            row = services.add_leaf(actor(), **form.values())
        except DomainError as error:
            form_errors.show(form, error, {"bad_code": "code", "code_taken": "code"})
        else:
            return saved(True, url_for("desk.leaf", code=row.code))
    return render_template("desk/leaf_edit.html", form=form, leaf=None)


@desk.route("/catalog/leaves/<code>/checklist", methods=["GET", "POST"])
@needs("edit_catalog")
def checklist(code: str):
    """Change what must be checked before an answer."""
    row = _leaf(code)
    form = checklist_form(row)
    if form.validate_on_submit():
        return saved(services.put_checklist(actor(), row, form.items_typed()), url_for("desk.leaf", code=code))
    return render_template("desk/checklist.html", form=form, leaf=row)


def _leaf(code: str) -> Leaf:
    row = queries.leaf(code)
    if row is None:
        raise NotFound("leaf")
    return row

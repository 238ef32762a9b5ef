"""Seasons of the working-time calendar: one page to enter or change a season, and its buttons."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from catalog import season_services
from core.db import db
from core.errors import DomainError, NotFound
from core.organisation import WorkSeason
from desk.admin.calendar_form import season_form
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors

PLACES = {"season_order": "ends", "season_overlaps": "starts"}


@desk.route("/calendar/seasons/new", methods=["GET", "POST"])
@needs("edit_catalog")
def season_new():
    """Enter a season; it begins with the ordinary hours."""
    return _edit(None)


@desk.route("/calendar/seasons/<id:season_id>", methods=["GET", "POST"])
@needs("edit_catalog")
def season(season_id: int):
    """Change a season."""
    return _edit(_season(season_id))


@desk.post("/calendar/seasons/<id:season_id>/again")
@needs("edit_catalog")
def season_again(season_id: int):
    """The same a year later."""
    try:
        made = season_services.again(actor(), _season(season_id))
    except DomainError as refusal:
        db.session.rollback()
        flash(refusal.message, "error")
        return redirect(url_for("desk.calendar"))
    return _done(_("Entered for %(year)s as well.", year=made.starts.year))


@desk.post("/calendar/seasons/<id:season_id>/remove")
@needs("edit_catalog")
def season_remove(season_id: int):
    """The ordinary hours hold again. A season that is gone is no error: the page may be old."""
    found = db.session.get(WorkSeason, season_id)
    if found is not None:
        season_services.remove(actor(), found)
    return _done(_("The ordinary hours hold on these days again."))


def _edit(found: WorkSeason | None):
    form = season_form(found)
    wanted = form.wanted() if form.validate_on_submit() else None
    if wanted is None:
        return _page(form, found)
    try:
        season_services.put(actor(), found, wanted)
    except DomainError as refusal:
        db.session.rollback()
        form_errors.show(form, refusal, PLACES)
        return _page(form, found)
    return _done(_("Season saved. Clocks that run already keep their due time."))


def _page(form, found: WorkSeason | None):
    return render_template("desk/season.html", form=form, season=found)


def _season(season_id: int) -> WorkSeason:
    found = db.session.get(WorkSeason, season_id)
    if found is None:
        raise NotFound("season")
    return found


def _done(words: str):
    db.session.commit()
    flash(words, "success")
    return redirect(url_for("desk.calendar"))

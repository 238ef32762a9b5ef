"""The roster: who is on call now, a week at a time; shifts are entered and taken off here."""
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from accounts.permissions import may
from catalog import queries as catalog
from catalog import roster
from catalog.models import Team
from core import clock
from core.db import db
from core.errors import DomainError
from core.i18n import pick
from desk.blueprint import actor, desk, needs
from desk.forms.days import FIRST_YEAR, LAST_YEAR
from desk.forms.errors import show
from desk.roster import week as weeks
from desk.roster.forms import ShiftForm

BESIDE = {"shift_order": "ends", "shift_too_long": "ends", "shift_weeks": "weeks", "shift_overlaps": "user"}
WEEK = timedelta(weeks=1)


@desk.get("/roster", endpoint="roster")
@needs("roster")
def duty_roster():
    """The week of the address, or this one."""
    return _page(ShiftForm(formdata=None))


@desk.post("/roster")
@needs("edit_roster")
def roster_enter():
    """Put somebody on call."""
    form = ShiftForm()
    if not (form.validate_on_submit() and _entered(form)):
        return _page(form)
    flash(_("The shift is entered."), "success")
    return redirect(url_for("desk.roster", week=weeks.monday(form.starts.data.date()).isoformat()))


def _entered(form: ShiftForm) -> bool:
    try:
        roster.enter(actor(), *form.values())
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        show(form, error, BESIDE)
        return False
    return True


@desk.post("/roster/<id:shift_id>/remove")
@needs("edit_roster")
def roster_remove(shift_id: int):
    """Take a shift off. What is gone already is no error."""
    try:
        roster.remove(actor(), shift_id)
        db.session.commit()
        flash(_("The shift is taken off the roster."), "success")
    except DomainError as error:
        flash(error.message, "error")
    return redirect(url_for("desk.roster", week=_first().isoformat()))


def _first() -> date:
    """The Monday of the week in the address; a day that cannot be read, or out of reach, means this week."""
    try:
        asked = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        asked = None
    return weeks.monday(asked if asked and FIRST_YEAR <= asked.year < LAST_YEAR else catalog.today())


def _page(form: ShiftForm):
    first, teams = _first(), catalog.teams()
    team = next((row for row in teams if row.code == request.args.get("team")), None)
    return render_template(
        "desk/roster.html", form=form, days=weeks.week(first, team.id if team else None), filters=[_filter(teams, team)], first=first,
        last=first + WEEK - weeks.DAY, before=_address(first - WEEK, team), after=_address(first + WEEK, team),
        present=first == weeks.monday(catalog.today()), now=weeks.now(), team_name=weeks.team_name, open=roster.in_working_time(clock.now()),
        editable=may(actor().roles, "edit_roster")), 422 if form.errors else 200


def _address(first: date, team: Team | None) -> str:
    return url_for("desk.roster", week=first.isoformat(), team=team.code if team else None)


def _filter(teams: list[Team], chosen: Team | None) -> dict:
    named = [(row.code, pick(row.name_zh, row.name_en)) for row in teams]
    return {"name": "team", "label": _("For"), "options": [("", _("Everybody")), *named], "value": chosen.code if chosen else ""}

"""The working-time calendar: hours of the week, holidays and make-up days (seasons: desk.admin.season_page)."""
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from catalog import calendar_plan, calendar_services, season_services
from catalog import queries as catalog
from core import organisation, settings
from core.db import db
from core.errors import DomainError
from desk.admin.calendar_form import DayForm, HoursForm, hours_form
from desk.admin.calendar_names import named
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors


@desk.get("/calendar")
@needs("edit_catalog")
def calendar():
    """Hours and days as they are."""
    return _page(hours_form(), DayForm(formdata=None))


@desk.post("/calendar/hours")
@needs("edit_catalog")
def calendar_hours():
    """Replace the hours of the week."""
    form = HoursForm()
    spans = form.spans() if form.validate_on_submit() else None
    if spans is None:
        return _page(form, DayForm(formdata=None))
    try:
        changed = calendar_services.set_hours(actor(), spans)
    except DomainError as error:
        form_errors.show(form, error, {})
        return _page(form, DayForm(formdata=None))
    return _done(_("Working hours saved. Clocks that run already keep their due time.") if changed else _("Nothing was changed."))


@desk.post("/calendar/days")
@needs("edit_catalog")
def calendar_add_day():
    """Add a day, or say something else about one that is there."""
    form = DayForm()
    if not form.validate_on_submit():
        return _page(hours_form(), form)
    calendar_services.put_day(actor(), form.day.data, form.working.data == "on", form.name_zh.data.strip(), form.name_en.data.strip())
    return _done(_("Day saved."))


@desk.post("/calendar/days/<day>/remove")
@needs("edit_catalog")
def calendar_remove_day(day: str):
    """Make it an ordinary day again. The address may be old: a day that is gone is no error."""
    try:
        calendar_services.remove_day(actor(), date.fromisoformat(day))
    except ValueError:
        return redirect(url_for("desk.calendar"))
    return _done(_("The day is an ordinary one again."))


@desk.post("/calendar/fill")
@needs("edit_catalog")
def calendar_fill():
    """Add the public holidays of the country."""
    try:
        added = calendar_services.fill(actor())
    except DomainError as error:
        flash(error.message, "error")
        return redirect(url_for("desk.calendar"))
    return _done(ngettext("%(num)s day added.", "%(num)s days added.", added) if added else _("All known public holidays are in the list."))


def _done(words: str):
    db.session.commit()
    flash(words, "success")
    return redirect(url_for("desk.calendar"))


def _lacking(year: int) -> int | None:
    """The next year, if its plan is missing; here it is told at any time of the year."""
    return year + 1 if calendar_plan.lacks_make_up_days(year + 1) else None


def _country() -> str:
    """Its name in the reader's language; a code that has none stands for itself."""
    code = settings.get("country")
    return get_locale().territories.get(code, code)


def _page(hours: HoursForm, day: DayForm):
    year = catalog.today().year
    days = named(calendar_services.days((year, year + 1)))
    return render_template(
        "desk/calendar.html", hours=hours, day=day, years=[(y, [one for one in days if one[0].day.year == y]) for y in (year, year + 1)],
        seasons=season_services.seasons(year), write=season_services.told, lacking=_lacking(year), country=_country(), zone=organisation.zone())

"""What leave that was just entered means, in words: which work goes to whom, and on which of its days the person is on call."""
from datetime import datetime, time, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from catalog import queries as catalog
from catalog import roster
from catalog.models import DutyShift, Leave
from core import organisation
from core.i18n import day
from desk.roster import week


def told(leave: Leave, moving: int, standing: int) -> str:
    """For the one who entered it: `moving` tickets cannot wait and go now, `standing` open ones are on the desk."""
    parts = [_("The leave is entered."), *_work(leave, moving, standing), *_duty(leave)]
    return Markup(" ").join(parts)


def _work(leave: Leave, moving: int, standing: int) -> list[str]:
    if moving:
        parts = [ngettext("%(num)s ticket that cannot wait goes to somebody else.", "%(num)s tickets that cannot wait go to others.", moving)]
    elif standing and leave.starts > catalog.today():
        parts = [ngettext("%(num)s open ticket is on the desk now: on the first day it goes to somebody else if it is not signed for or falls due meanwhile.",
                          "%(num)s open tickets are on the desk now: on the first day those not signed for, or falling due meanwhile, go to others.", standing)]
    else:
        return []
    return [*parts, _("%(name)s stands in and is asked first.", name=leave.stand_in.name)] if leave.stand_in else parts


def _duty(leave: Leave) -> list[str]:
    """A warning with the way to the roster: leave takes nobody off it."""
    shifts = _shifts(leave)
    if not shifts:
        return []
    days = _(", ").join(dict.fromkeys(day(row.starts_at) for row in shifts))
    first = week.monday(shifts[0].starts_at.astimezone(organisation.zone()).date())
    link = Markup('<a href="{}">{}</a>').format(url_for("desk.roster", week=first.isoformat()), _("Give the shifts to somebody else on the roster."))
    return [_("But on call then: %(days)s.", days=days), link]


def _shifts(leave: Leave) -> list[DutyShift]:
    begins, ends = (datetime.combine(local, time(), organisation.zone()) for local in (leave.starts, leave.ends + timedelta(days=1)))
    return [row for row in roster.between(begins, ends) if row.user_id == leave.user_id]

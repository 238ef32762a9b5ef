"""What the address asks for: period and filters as a scope, as widgets, and as arguments of further links."""
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import g, request, url_for
from flask_babel import format_date, lazy_gettext
from flask_babel import gettext as _

from core import clock, organisation
from core.i18n import language
from desk.blueprint import actor
from desk.reports import names
from reporting import weeks
from reporting.slices import NONE, Scope

LENGTHS = (1, 4, 13, 26, 52)
USUAL = 13
CHOSEN = ("group", "leaf", "area", "channel", "team", "severity", "reason")
USUAL_FILTERS = ("leaf", "area", "channel", "team")
LABELS = {"weeks": lazy_gettext("Period"), "group": lazy_gettext("Group"), "leaf": lazy_gettext("Category"), "area": lazy_gettext("Area"),
          "channel": lazy_gettext("Channel"), "team": lazy_gettext("Team"), "severity": lazy_gettext("Severity"), "week": lazy_gettext("Week"), "reason": lazy_gettext("Given back because")}


@dataclass(frozen=True)
class Asked:
    """The scope, and the options of each filter as [(value, label)]."""

    scope: Scope
    options: dict[str, list[tuple[str, str]]]

    def args(self, **more) -> dict:
        """The scope as arguments of an address."""
        return args(self.scope) | more

    def widgets(self) -> list[dict]:
        """The filters as ui.filters draws them; the rarer ones only when they were chosen."""
        period = {"name": "weeks", "label": LABELS["weeks"], "options": _lengths(self.scope.period.weeks), "value": str(self.scope.period.weeks)}
        return [period, *(self._widget(key) for key in CHOSEN if key in USUAL_FILTERS or key in self.scope.chosen)]

    def _widget(self, key: str) -> dict:
        return {"name": key, "label": LABELS[key], "options": [("", _("All")), *self.options[key]], "value": self.scope.chosen.get(key, "")}

    @property
    def narrowed(self) -> bool:
        """True if anything but the period was chosen."""
        return bool(self.scope.chosen)


def read() -> Asked:
    """The scope in the address; a value that does not exist is ignored, the period ends with the running week if none is named."""
    options = {key: names.options(key) for key in CHOSEN}
    chosen = {key: request.args[key] for key in CHOSEN if request.args.get(key) in {value for value, _label in options[key]} | {NONE}}
    return Asked(Scope(actor(), _period(), chosen), options)


def _period() -> weeks.Period:
    now, zone = clock.now(), organisation.zone()
    today = now.astimezone(zone).date()
    last = weeks.named(request.args.get("to", "")) or today
    return weeks.ending(min(last, today), request.args.get("weeks", USUAL, type=int), zone, now)


def args(scope: Scope) -> dict:
    """The scope as arguments of an address; the week is named, so that a link says the same next week."""
    return {"weeks": scope.period.weeks, "to": weeks.name(scope.period.last), **scope.chosen}


def _lengths(present: int) -> list[tuple[str, str]]:
    return [(str(number), _("%(number)s weeks", number=number) if number > 1 else _("1 week")) for number in sorted({*LENGTHS, present})]


def address(page: str, **arguments) -> str:
    """A page of figures with these arguments. Not url_for for each: it would take longer than the figures of the three hundred links."""
    if page not in g.setdefault("report_pages", {}):
        g.report_pages[page] = url_for(f"desk.{page}")
    return f"{g.report_pages[page]}?{urlencode(arguments)}"


def said(period: weeks.Period) -> str:
    """A period in words: its first and last day; a last week that still runs is marked."""
    last = period.last + weeks.WEEK - (weeks.WEEK / 7)
    words = {"first": day(period.first), "last": day(last), "weeks": period.weeks}
    return _("%(first)s – %(last)s, %(weeks)s weeks, the last one still running", **words) if period.running else _(
        "%(first)s – %(last)s, %(weeks)s weeks", **words)


def day(at: date) -> str:
    """A day with its year where it is not this one."""
    this_year = at.year == clock.now().astimezone(organisation.zone()).year
    return format_date(at, {"zh": ("M月d日", "y年M月d日"), "en": ("d MMM", "d MMM y")}[language()][not this_year])


"""What hot issues and parents are called, and why a ticket does not attach."""
from collections.abc import Mapping

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.i18n import language, pick
from reporting.hot.models import HotIssue
from tickets.parents import Parent

REASONS = {
    "left_out": _l("left out by a person"), "elsewhere": _l("belongs to another parent"), "over": _l("answered or over already"),
    "names_staff": _l("names a member of staff: a person answers it"), "another_leaf": _l("another category"),
    "another_area": _l("another area"), "another_route": _l("another delivery route"), "too_early": _l("came before it began"),
    "too_late": _l("came after it was settled"), "other_words": _l("none of the words"),
}
TONGUES = {"zh": _l("In Chinese"), "en": _l("In English")}
ALONE = {
    "sealed": _l("it is sealed"), "names_staff": _l("it names a member of staff"), "care": _l("the retailer needs special care"),
    "refused": _l("it could not be answered with the others"),
}

HARDLY = 0.05
SELDOM, NEVER = 1e-3, 1e-9


def place(row: HotIssue | Parent) -> str:
    """Where it is, as closely as is known."""
    if row.route is not None:
        return _("%(area)s, route of %(name)s", area=row.area, name=row.route.name)
    return row.area or _("all areas")


def leaf(row: HotIssue | Parent) -> str:
    """The name of its category."""
    return pick(row.leaf.name_zh, row.leaf.name_en)


def title(row: HotIssue | Parent) -> str:
    """What a parent is called: as somebody named it, else by category and place in the reader's language, like an issue."""
    return getattr(row, "title", "") or f"{leaf(row)} · {place(row)}"


def tongues(by_language: Mapping) -> list[tuple]:
    """(language, its name, what stands under it), the reader's own first."""
    return sorted(((lang, TONGUES[lang], what) for lang, what in by_language.items()), key=lambda one: one[0] != language())


def alone(reason: str, settled: bool) -> str:
    """What a ticket's page says where the words to all do not reach it; `reason` is a code of `tickets.alone`."""
    if settled:
        return _("the others of the same cause were answered, this one was not (%(why)s). Answer it by itself, in writing or by telephone.", why=ALONE[reason])
    return _("neither the notice nor the answer to all goes to this one (%(why)s). Write or call.", why=ALONE[reason])


def number(value: float) -> str:
    """A number as it is read: a whole one without places."""
    return format_decimal(round(value, 1), "0.#")


def usual(value: float) -> str:
    """How many are usual; what rounds to nothing is said in words."""
    return number(value) if value >= HARDLY else _("almost none")


def often(p: float) -> str:
    """How often chance alone makes such a window, in words with the number behind them."""
    if p > SELDOM:
        return _("about once in %(times)s such windows", times=number(1 / p))
    if p > NEVER:
        return _("hardly ever (once in %(times)s such windows)", times=format_decimal(round(1 / p, -2), "#,##0"))
    return _("practically never (less than once in %(times)s such windows)", times=format_decimal(1 / NEVER, "#,##0"))


def why(issue: HotIssue) -> str:
    """The sentence why it is an alarm: its most surprising window against what is usual then."""
    complaints = ngettext("%(num)s complaint", "%(num)s complaints", issue.observed)
    shops = ngettext("%(num)s shop", "%(num)s shops", issue.retailers)
    hours = ngettext("one hour", "%(num)s hours", issue.hours)
    return _("%(complaints)s of %(shops)s in %(hours)s; usual then: %(usual)s.", complaints=complaints, shops=shops, hours=hours,
             usual=usual(issue.expected))

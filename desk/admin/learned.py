"""How well triage does: by category (what it learned from, what it took for what) and by month, with the tickets behind."""
from datetime import date

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog import queries as catalog
from catalog.models import Leaf
from core.errors import NotFound
from core.i18n import month as in_words
from core.i18n import pick
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.lists import rows
from reporting.pictures import SCHEMA, link, svg
from triage import drift, queries
from triage.drift import Month
from triage.models import TriageModel

MOST = 3  # categories that one is most often taken for
SIZE = (460, 160)
WHICH = {"automatic": _l("Dispatched without a person"), "corrected": _l("Corrected later")}


@desk.get("/catalog/learning/<which>/<month>")
@needs("catalog")
def learning_tickets(which: str, month: str):
    """The tickets behind a number of a month (its first day), as far as the reader may see them."""
    first = _day(month)
    if which not in WHICH or first is None:
        raise NotFound("month")
    page = paginate(drift.behind(actor(), first, which).options(*rows.LOADED))
    group = {"rows": [rows.row(ticket, actor()) for ticket in page.rows], "label": "", "late": False}
    return render_template("desk/learning_tickets.html", name=WHICH[which], month=in_words(first), page=page, groups=[group] if page.rows else [])


def by_category(model: TriageModel | None) -> list[dict]:
    """Every category: numbers of examples, and what cross-validation made of them. Of sealed ones only what the packs say."""
    counts, corrected = queries.examples_by_leaf(), drift.corrections()
    leaves = catalog.leaves()
    shown = {leaf.code: pick(leaf.name_zh, leaf.name_en) for leaf in leaves if leaf.access != "sealed"}
    confusion = model.confusion if model else {}
    return [{"leaf": leaf, "packs": counts.get(leaf.code, (0, 0))[0], "sealed": leaf.code not in shown,
             **(_measured(leaf, counts, corrected, confusion, shown) if leaf.code in shown else {})} for leaf in leaves]


def by_month() -> dict:
    """The months, the latest first, and their picture (nothing of fewer than two)."""
    months = drift.months()
    return {"rows": [{"name": in_words(month.first), "month": month, "href": {which: _address(month, which) for which in WHICH}} for month in months[::-1]],
            "picture": _picture(months) if len(months) > 1 else ""}


def _measured(leaf: Leaf, counts: dict, corrected: dict, confusion: dict, shown: dict[str, str]) -> dict:
    taken = confusion.get(leaf.code, {})
    others = sorted(((n, code) for code, n in taken.items() if code != leaf.code and code in shown), reverse=True)[:MOST]
    return {"people": counts.get(leaf.code, (0, 0))[1], "corrected": corrected.get(leaf.code, 0), "taken": [(shown[code], n) for n, code in others],
            "right": taken.get(leaf.code, 0) / sum(taken.values()) if taken else None}


def _picture(months: list[Month]) -> str:
    """Shares of what was read that went without a person, and of these that were corrected."""
    values = [_point(month, which) for month in months for which in WHICH]
    x = {"field": "month", "type": "ordinal", "scale": {"domain": [in_words(month.first) for month in months]}, "title": None,
         "axis": {"labelAngle": 0, "labelOverlap": True}}
    y = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 100]}, "title": None, "axis": {"tickCount": 4, "domain": False, "ticks": False}}
    dash = {"condition": {"test": "datum.which === 'corrected'", "value": [4, 3]}, "value": [1, 0]}
    marks = {"href": {"field": "href"}, "description": {"field": "said"}}
    return svg({"$schema": SCHEMA, "width": SIZE[0], "height": SIZE[1], "data": {"values": values}, "layer": [
        {"mark": "line", "encoding": {"x": x, "y": y, "detail": {"field": "which"}, "strokeDash": dash}},
        {"mark": "point", "encoding": {"x": x, "y": y, **marks}}]})


def _point(month: Month, which: str) -> dict:
    part, whole = (month.automatic, month.read) if which == "automatic" else (month.corrected, month.automatic)
    share = 100 * part / whole if whole else 0
    said = _("%(month)s, %(what)s: %(share)s %%", month=in_words(month.first), what=WHICH[which].lower(), share=f"{share:.0f}")
    return {"month": in_words(month.first), "which": which, "share": share, "href": link(_address(month, which)), "said": said}


def _address(month: Month, which: str) -> str:
    return url_for("desk.learning_tickets", which=which, month=month.first.isoformat())


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

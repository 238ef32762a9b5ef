"""The list of improvement items: what is due first, by whose turn it is."""
from datetime import date, datetime

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import organisation
from core.i18n import day, pick
from core.pagination import paginate
from desk.blueprint import desk, needs
from desk.improvement import words
from desk.improvement.charts import number
from desk.improvement.sheet import title
from reporting.improvement import queries
from reporting.improvement.lifecycle import ENDED, OPEN, STATES, UNDECIDED
from reporting.improvement.models import ImprovementItem
from reporting.improvement.weeks import label

TABS = (("open", _l("All open"), OPEN), ("decide", _l("To be decided"), UNDECIDED), ("act", _l("In action"), ("approved", "in_action")),
        ("watch", _l("Under watch"), ("waiting",)), ("confirm", _l("Verdicts to confirm"), ("verdict",)), ("ended", _l("Ended"), ENDED),
        ("all", _l("All"), STATES))


@desk.get("/improvement")
@needs("improvement")
def improvement():
    """The items of one tab; what is due first stands first."""
    states = {key: states for key, _label, states in TABS}
    tab = request.args.get("tab") if request.args.get("tab") in states else "open"
    counted = queries.by_state()
    tabs = [{"label": name, "count": sum(counted.get(state, 0) for state in of), "href": url_for("desk.improvement", tab=key), "current": key == tab}
            for key, name, of in TABS]
    page = paginate(queries.in_states(states[tab]))
    return render_template("desk/improvement.html", tabs=tabs, page=page, rows=[_row(item) for item in page.rows], words=words,
                           look=queries.last_look(), label=label, any=bool(counted))


def _row(item: ImprovementItem) -> dict:
    return {"id": item.id, "number": item.number, "title": title(item), "state": item.state, "leaf": pick(item.leaf.name_zh, item.leaf.name_en),
            "area": item.area, "rate": number(item.baseline_rate), "owner": item.owner.name if item.owner else "", "next": _next(item),
            "result": item.verdict.result if item.verdict else None}


def _next(item: ImprovementItem) -> str:
    """What happens next, and by when."""
    said = {
        "candidate": lambda: _("Decide; found on %(day)s", day=day(_local(item.found_at))),
        "proposed": lambda: _("Decide; proposed on %(day)s", day=day(_local(datetime.fromisoformat(item.reached["proposed"])))),
        "reopened": lambda: _("Decide on a new round"),
        "approved": lambda: _("Plan the first action"),
        "in_action": lambda: _next_action(item),
        "waiting": lambda: _("Checked after %(day)s", day=day(item.check_date)),
        "verdict": lambda: _("QA confirms the verdict"),
    }
    return said[item.state]() if item.state in said else _("Ended on %(day)s", day=day(_local(item.ended_at)))


def _next_action(item: ImprovementItem) -> str:
    undone = [action for action in item.present_actions if action.done_on is None]
    if not undone:
        return _("Everything is done: begin the watch")
    first = min(undone, key=lambda action: action.due)
    return _("By %(day)s: %(action)s", day=day(first.due), action=first.text)


def _local(at: datetime) -> date:
    return at.astimezone(organisation.zone()).date()

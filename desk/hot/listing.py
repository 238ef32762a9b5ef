"""The list of hot issues: those that run, and those that are over."""
from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l

from core import settings
from core.db import db
from core.pagination import paginate
from desk.blueprint import desk, needs
from desk.hot import words
from reporting.hot import queries
from reporting.hot.models import HotIssue

TABS = (("running", _l("Running"), False), ("over", _l("Over"), True))


@desk.get("/hot")
@needs("hot_issues")
def hot():
    """The issues of one tab, the newest first."""
    over = request.args.get("tab") == "over"
    tabs = [{"label": name, "count": None if of else queries.running_count(), "href": url_for("desk.hot", tab=key), "current": of == over}
            for key, name, of in TABS]
    page = paginate(queries.listed(over))
    rows = [_row(issue, over) for issue in page.rows]
    return render_template("desk/hot/list.html", tabs=tabs, page=page, rows=rows, over=over, least=settings.get("hot_fewest"),
                           any=over or db.session.query(HotIssue.id).first() is not None)


def _row(issue: HotIssue, over: bool) -> dict:
    tickets, shops = queries.size(issue)
    return {"href": url_for("desk.hot_issue", issue_id=issue.id), "leaf": words.leaf(issue), "place": words.place(issue), "why": words.why(issue),
            "since": issue.started_at, "until": issue.last_at, "over": over, "tickets": tickets, "shops": shops,
            "parent": issue.parent}

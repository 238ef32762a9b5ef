"""One hot issue: why it is one, how it went, its tickets, and the way to a parent."""
from flask import render_template, url_for
from sqlalchemy import func, select

from core.db import db
from core.i18n import pick
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.hot import chart, words
from desk.lists import rows
from reporting.hot import queries
from tickets.services.parenting import may_lead


@desk.get("/hot/<id:issue_id>")
@needs("hot_issues")
def hot_issue(issue_id: int):
    """The page of one issue."""
    issue = queries.one(issue_id)
    course = queries.course(issue)
    tickets, shops = queries.size(issue)
    return render_template("desk/hot/issue.html", issue=issue, title=words.title(issue), named=issue.parent and words.title(issue.parent), why=words.why(issue), course=course,
                           wide=chart.hours(course), narrow=chart.hours(course, chart.NARROW), clock=chart.clock, number=words.number, tickets=tickets,
                           shops=shops, often=words.often(issue.p), team=pick(issue.leaf.team.name_zh, issue.leaf.team.name_en),
                           leaders=queries.leaders(issue), may_open=issue.parent is None and issue.ended_at is None and may_lead(actor(), issue.leaf))


@desk.get("/hot/<id:issue_id>/tickets")
@needs("hot_issues")
def hot_tickets(issue_id: int):
    """The tickets that were counted, those that the reader may see."""
    issue = queries.one(issue_id)
    page = paginate(queries.seen(issue, actor()).options(*rows.LOADED))
    counted = db.session.scalar(select(func.count()).select_from(queries.ids(issue).subquery()))
    group = {"rows": [rows.row(ticket, actor()) for ticket in page.rows], "label": "", "late": False}
    return render_template("desk/hot/tickets.html", title=words.leaf(issue), page=page, hidden=counted - page.total, counted=counted,
                           groups=[group] if page.rows else [], back=url_for("desk.hot_issue", issue_id=issue.id))

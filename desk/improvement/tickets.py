"""Exactly the tickets behind a figure of an improvement item: of a period, of a week, with a cause."""
from datetime import date

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from core.db import db
from core.errors import NotFound
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.improvement import words
from desk.lists import rows
from reporting.improvement import queries
from reporting.improvement.freezing import frozen
from reporting.improvement.models import PERIODS, ImprovementItem
from reporting.improvement.weeks import label, monday

WITHOUT = "-"  # in the address: tickets without a recorded cause


@desk.get("/improvement/<id:item_id>/tickets")
@needs("improvement")
def improvement_tickets(item_id: int):
    """The tickets that the reader may see, and how many more were counted."""
    item = queries.one(item_id)
    name, ids = _of_week(item) if "week" in request.args else _of_period(item)
    page = paginate(queries.seen(actor(), ids).options(*rows.LOADED))
    counted = db.session.scalar(select(func.count()).select_from(ids.subquery()))
    group = {"rows": [rows.row(ticket, actor()) for ticket in page.rows], "label": "", "late": False}
    return render_template("desk/improvement_tickets.html", item=item, name=name, page=page, hidden=counted - page.total, counted=counted,
                           groups=[group] if page.rows else [], back=url_for("desk.improvement_item", item_id=item.id))


def _of_week(item: ImprovementItem) -> tuple:
    try:
        week = monday(date.fromisoformat(request.args["week"]))
    except ValueError:
        raise NotFound("week") from None
    return _("Complaints of %(week)s", week=label(week)), queries.of_week(item, week)


def _of_period(item: ImprovementItem) -> tuple:
    period, in_round = request.args.get("of", "signal"), request.args.get("round", 1, type=int)
    if period not in PERIODS:
        raise NotFound("period")
    ids, cause = frozen(item, period, in_round), request.args.get("cause")
    return words.PERIODS[period], queries.with_cause(ids, None if cause == WITHOUT else cause) if cause else ids

"""The log of calls: who called when, how long he waited and talked, who took it, what became of it; as a page and as a file."""
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import organisation, phone
from core.db import db
from core.i18n import when
from core.pagination import paginate
from desk.blueprint import BIGGEST_ID, actor, desk, needs
from desk.calls import board
from desk.calls.words import FILED, OUTCOMES, STATES
from desk.forms.days import FIRST_YEAR, LAST_YEAR
from desk.reports import csv_file
from hotline.models import Call
from hotline.taking import day as figures
from hotline.taking import queries, services
from tickets import access, case_number

CHUNK = 1000
LOADED = (joinedload(Call.retailer), joinedload(Call.answered_by), joinedload(Call.ticket))


@desk.get("/calls/log")
@needs("calls")
def calls_log():
    """Calls by day, outcome and person, the newest first."""
    page = paginate(_query())
    names = board.names_of(page.rows)
    return render_template("desk/calls_log.html", page=page, rows=[_row(call, names) for call in page.rows], day=_day(), filters=_filters(),
                           narrowed=bool(_kept()), file=url_for("desk.calls_log_file", **_kept()))


@desk.get("/calls/log.csv")
@needs("calls")
def calls_log_file():
    """The same as a file; numbers stay masked."""
    return csv_file.answer("calls", _lines())


def _query():
    query = select(Call).where(queries.not_kept_from(actor())).options(*LOADED).order_by(Call.began_at.desc(), Call.id.desc())
    if _day():
        midnight = datetime.combine(_day(), time(), organisation.zone())
        query = query.where(Call.began_at >= midnight, Call.began_at < midnight + timedelta(days=1))
    if request.args.get("outcome") in OUTCOMES:
        query = query.where(Call.outcome == request.args["outcome"])
    who = min(request.args.get("who", 0, type=int), BIGGEST_ID)
    return query.where(Call.answered_by_id == who) if who else query


def _kept() -> dict[str, str]:
    return {name: value for name in ("day", "outcome", "who") if (value := request.args.get(name))}


def _day() -> date | None:
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _filters() -> list[dict]:
    taken = db.session.execute(select(User.id, User.name).where(User.id.in_(select(Call.answered_by_id).distinct())).order_by(User.name)).all()
    everybody = [("", _("All"))]
    people = [(str(key), name) for key, name in taken]
    return [{"name": name, "label": label, "options": [*everybody, *options], "value": request.args.get(name, "")}
            for name, label, options in (("outcome", _("How it ended"), OUTCOMES.items()), ("who", _("Taken by"), people))]


def _row(call: Call, names: dict) -> dict:
    """One call. Whose ticket the reader may not know of, of him he learns nothing here either."""
    hidden = call.ticket is not None and not access.sees_identity(actor(), call.ticket)
    seen = call.ticket is not None and access.can_see(actor(), call.ticket)
    return {"id": None if hidden else call.id, "at": call.began_at, "who": _("Not for you to know") if hidden else board.caller(call, names),
            "phone": "" if hidden or not call.caller else phone.mask(call.caller), "outcome": OUTCOMES.get(call.outcome) or STATES[call.state],
            "by_hand": call.provider == services.BY_HAND, "waited": board.lasted(figures.waited(call.waiting_at, call.answered_at or call.ended_at)),
            "talked": board.lasted(figures.waited(call.answered_at, call.ended_at)), "taken_by": call.answered_by.name if call.answered_by else "",
            "filed": FILED.get(call.filed_as, ""), "case_no": call.ticket.case_no if seen else ""}


def _lines() -> Iterator[list]:
    yield [_("Began"), _("Caller"), _("Telephone"), _("How it ended"), _("Waited"), _("Talked"), _("Taken by"), _("Became"), _("Case number")]
    for start in range(0, 1_000_000, CHUNK):
        calls = db.session.scalars(_query().limit(CHUNK).offset(start)).all()
        names = board.names_of(calls)
        rows = [_row(call, names) for call in calls]
        db.session.rollback()  # no transaction stays open while the network takes its time
        yield from ([when(row["at"]), row["who"], row["phone"], str(row["outcome"]), row["waited"], row["talked"], row["taken_by"], str(row["filed"]),
                     case_number.show(row["case_no"]) if row["case_no"] else ""] for row in rows)
        if len(calls) < CHUNK:
            return

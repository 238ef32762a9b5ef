"""The left side of the call desk: who talks, who waits, what is to be written down, whom to call back; and today's line."""
from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core import clock, organisation, phone
from core.db import db
from desk.blueprint import actor
from desk.calls.words import OUTCOMES, STATES
from desk.shown import presenters as show
from hotline.models import Call
from hotline.taking import day, queries
from hotline.taking.lines import Line
from retailers.models import Retailer

SHOPS_NAMED = 2
ORDER = ("talking", "waiting", "menu")
HEADS = {"talking": _l("Talking"), "waiting": _l("Waiting"), "menu": _l("In the menu"), "write": _l("To write down"), "back": _l("Calls to return")}
IN_MENU = ("menu", "message")


def groups(current: int | None = None) -> list[dict]:
    """The groups with their rows, the empty ones left out; `current` is the id of the opened call."""
    live, written, back = queries.live(), queries.to_write(), queries.to_return()
    names = _names([*live, *written, *(line.call for line in back)])
    by_state = {key: [call for call in live if ("menu" if call.state in IN_MENU else call.state) == key] for key in ORDER}
    drawn = {key: [_row(call, names, _since(call), _where(call)) for call in calls] for key, calls in by_state.items()}
    drawn |= {"write": [_row(call, names, None, _ended(call)) for call in written], "back": [_line(line, names) for line in back]}
    return [{"key": key, "label": HEADS[key], "rows": [row | {"current": row["id"] == current} for row in rows]}
            for key, rows in drawn.items() if rows]


def today() -> dict:
    """The line beside the title: calls of the line in working time, answered in 15 seconds, missed; beside them how many were begun by hand."""
    midnight = clock.now().astimezone(organisation.zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    found = day.figures(queries.began_since(actor(), midnight))
    level = found.service_level
    return {"offered": found.offered, "missed": found.missed, "level": None if level is None else round(level * 100),
            "by_hand": queries.begun_by_hand(actor(), midnight)}


def lasted(span: timedelta | None) -> str:
    """A time as it is read from a telephone: 2:14; empty for None."""
    if span is None:
        return ""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}" if seconds >= 3600 else f"{seconds // 60}:{seconds % 60:02}"


def caller(call: Call, names: dict[str, list[str]]) -> str:
    """Who calls, as far as anybody knows."""
    if call.retailer is not None:
        return call.retailer.shop_name
    shops = [] if call.meta.get("another_shop") else names.get(call.caller, [])
    if len(shops) == 1:
        return shops[0]
    if shops:
        return _("%(count)s shops: %(names)s", count=len(shops), names=_(", ").join(shops[:SHOPS_NAMED]))
    return _("Number not in the register") if call.caller else call.draft.get("fields", {}).get("who") or _("Caller not known yet")


def names_of(calls: Iterable[Call]) -> dict[str, list[str]]:
    """The shops with the numbers of these calls, by number."""
    return _names(list(calls))


def _names(calls: list[Call]) -> dict[str, list[str]]:
    numbers = {call.caller for call in calls if call.caller}
    found: dict[str, list[str]] = {}
    named = db.select(Retailer.phone, Retailer.shop_name).where(Retailer.active, Retailer.phone.in_(numbers)).order_by(Retailer.shop_name)
    for number, name in db.session.execute(named) if numbers else ():
        found.setdefault(number, []).append(name)
    return found


def _row(call: Call, names: dict, since: datetime | None, more: str) -> dict:
    return {"id": call.id, "href": url_for("desk.calls", call_id=call.id), "title": caller(call, names), "more": more, "late": False,
            "phone": phone.mask(call.caller) if call.caller else "", "since": since, "lasted": lasted(since and clock.now() - since)}


def _line(line: Line, names: dict) -> dict:
    call = line.call
    said = [_("called %(count)s times", count=line.count)] if line.count > 1 else []
    said += [ngettext("%(num)s try to call back", "%(num)s tries to call back", line.tries)] if line.tries else []
    said.append(_("promised for %(time)s", time=show.due_text(line.promised)) if line.promised else _ended(call))
    late = line.promised is not None and line.promised < clock.now()
    return _row(call, names, None, " · ".join(said)) | {"late": late}


def _since(call: Call) -> datetime:
    return {"waiting": call.waiting_at, "talking": call.answered_at}.get(call.state) or call.began_at


def _where(call: Call) -> str:
    if call.state == "talking":
        return call.answered_by.name if call.answered_by else ""
    return str(STATES[call.state]) if call.state in IN_MENU else ""


def _ended(call: Call) -> str:
    """When it was and how it ended; of whoever gave up, after how long."""
    at = show.due_text(call.began_at)
    if call.outcome == "abandoned" and (span := day.waited(call.waiting_at or call.began_at, call.ended_at)) is not None:
        return _("%(at)s, hung up after %(seconds)s s", at=at, seconds=int(span.total_seconds()))
    return f"{at} {OUTCOMES[call.outcome]}" if call.outcome else at

"""How long it takes, and whether it was in time."""
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, exists, false, func, or_, select

from reporting.definition import CLOCKS, PROMISES, TICKETS, Definition
from reporting.definitions.counts import closed, received
from tickets.fitting import TOGETHER
from tickets.models import Clock, Message, Promise, Ticket

_CLOCKS = _l("clocks of tickets, by working hours")
_ALL = {"of": _l("all")}
_WORDS = and_(Message.ticket_id == Ticket.id, Message.kind.in_(("out", "call")), Message.author_id.is_not(None))
_FIRST_WORD = select(func.min(Message.at)).where(_WORDS).correlate(Ticket).scalar_subquery()
_IN_TIME = func.coalesce(Clock.stopped_at <= Clock.due_at, false())
_IN_FIRST_TIME = func.coalesce(Clock.stopped_at <= Clock.original_due_at, false())
_RECEIVED = (_l("Received on"), Ticket.received_at)
_DUE = (_l("Due"), Clock.due_at)
_FIRST_DUE = (_l("First due"), Clock.original_due_at)
_ANSWERED = (_l("Answered on"), Clock.stopped_at)


def _clock(kind: str):
    # A clock that waits for the retailer is not due; what went to another office gets its answer there.
    counted = and_(Clock.kind == kind, Clock.paused_at.is_(None), Ticket.state != "transferred")
    return lambda moment: counted


def _contacts(moment):
    # What one answer to many ended in time was no contact of a person; what was late by then stays a failure.
    to_many = exists().where(Message.ticket_id == Ticket.id, Message.dedupe_key.startswith(TOGETHER), Message.at >= Clock.started_at)
    spoken = exists().where(_WORDS, Message.at.between(Clock.started_at, Clock.stopped_at))
    return and_(_clock("contact")(moment), or_(~to_many, Clock.stopped_at.is_(None), Clock.stopped_at > Clock.due_at, spoken))


def _responded(moment):
    return exists().where(_WORDS)


TIMES = (
    Definition(
        "first_response", "time", _l("First response"), TICKETS, Ticket.received_at, _responded, _ALL,
        _l("Working hours from receipt to the first words of a person, by text or on the telephone; median, and the time within which 90 % were."),
        _l("messages written by staff"), span=(Ticket.received_at, _FIRST_WORD), facts=(_RECEIVED, (_l("First words"), _FIRST_WORD)),
        beside=("contact_in_time", "redo"), caution=_l("Counts who has had a response; the others stand under “contact in time”.")),
    Definition(
        "contact_in_time", "share", _l("Contact in time"), CLOCKS, Clock.due_at, _contacts,
        {"of": _l("first contacts due"), "part": _l("in time"), "rest": _l("late or missing")},
        _l("First contacts made in time / first contacts due in the period. What is over its time and still open counts as a failure. "
           "One answer to many is no contact of a person."), _CLOCKS,
        part=_IN_TIME, facts=(_DUE, (_l("Contact"), Clock.stopped_at)), beside=("redo",)),
    Definition(
        "closing_time", "time", _l("Time to close"), TICKETS, Ticket.ended_at, closed, _ALL,
        _l("Working days of eight hours from receipt to the last closing, of the tickets closed in the period; median, and the time within which "
           "90 % were."), _l("tickets: state, category, dates"), span=(Ticket.received_at, Ticket.ended_at), minutes=480,
        facts=(_RECEIVED, (_l("Closed on"), Ticket.ended_at)), beside=("redo",),
        caution=_l("Speed is shown only together with what had to be handled again.")),
    Definition(
        "on_time", "share", _l("Answered on time"), CLOCKS, Clock.due_at, _clock("resolve"),
        {"of": _l("answers due"), "part": _l("on time"), "rest": _l("late or missing")},
        _l("Answers given by their due time / answers due in the period. The due time is the present one, after extensions and waiting for the "
           "retailer. What is over its time and still open counts as a failure; each redo is due anew."), _CLOCKS,
        part=_IN_TIME, facts=(_DUE, _ANSWERED), beside=("on_time_first", "extended", "redo")),
    Definition(
        "on_time_first", "share", _l("By the first due time"), CLOCKS, Clock.original_due_at, _clock("resolve"),
        {"of": _l("answers due"), "part": _l("on time"), "rest": _l("late or missing")},
        _l("Answers given by the due time that was set at first / answers due by it in the period: what extensions and waiting hide."), _CLOCKS,
        part=_IN_FIRST_TIME, facts=(_FIRST_DUE, _ANSWERED), beside=("on_time",)),
    Definition(
        "extended", "share", _l("Extended"), CLOCKS, Clock.due_at, _clock("resolve"),
        {"of": _l("answers due"), "part": _l("extended"), "rest": _l("not extended")},
        _l("Answers due in the period on tickets whose time was extended / answers due in the period."), _CLOCKS,
        part=Ticket.extensions > 0, facts=(_FIRST_DUE, _DUE), beside=("on_time",)),
    Definition(
        "promises", "share", _l("Promises kept"), PROMISES, Promise.due_at, received,
        {"of": _l("promises due"), "part": _l("kept"), "rest": _l("broken or not settled")},
        _l("Promises marked as kept / promises due in the period. What nobody has settled counts as broken."), _l("promises of tickets"),
        part=Promise.kept.is_(True), facts=((_l("Due"), Promise.due_at), (_l("Settled on"), Promise.settled_at))),
)

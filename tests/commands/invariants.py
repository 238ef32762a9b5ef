"""What must hold for every ticket that ever lived: its trail replayed against the table of the lifecycle, its columns, clocks and surveys.

`faults` looks at all tickets of the database and says what is wrong, one line each; an empty list is what everybody hopes for.
"""
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from catalog import queries as catalog
from core import clock, organisation
from core.audit import AuditEntry, Did
from core.db import db
from routing.models import RoutingDecision
from satisfaction.models import Survey
from tickets import lifecycle, search, sla
from tickets.demands import Demand, Escalation
from tickets.models import CallTask, Clock, Extension, Message, Promise, QualityCheck, Reply, Ticket
from tickets.returns import TicketReturn

BY_THE_HANDLER = ("sign", "return", "submit", "send_reply")
KINDS = {"system": {"system"}, "retailer": {"retailer"}}
STAFF = {"triager", "manager", "assignee", "certified", "eligible", "reviewer", "qa", "compliance", "liaison"}
WATCHED = timedelta(minutes=1)  # the watcher of the clocks comes by twice a minute


class Records:
    """Everything that hangs on tickets, by ticket id, read at once."""

    def __init__(self):
        self.calendar, self.now = organisation.calendar(), clock.now()
        self.raising = catalog.escalation_rules().keys()
        self.tickets = db.session.scalars(select(Ticket)).all()
        self.trail = _by_ticket(AuditEntry, AuditEntry.id)
        self.clocks, self.surveys, self.replies = _by_ticket(Clock, Clock.id), _by_ticket(Survey, Survey.id), _by_ticket(Reply, Reply.id)
        self.messages, self.decisions = _by_ticket(Message, Message.at, Message.id), _by_ticket(RoutingDecision, RoutingDecision.id)
        self.extensions, self.promises = _by_ticket(Extension, Extension.id), _by_ticket(Promise, Promise.id)
        self.escalations, self.demands = _by_ticket(Escalation, Escalation.id), _by_ticket(Demand, Demand.id)
        self.returns = _by_ticket(TicketReturn, TicketReturn.id)
        self.checks, self.calls = _by_ticket(QualityCheck, QualityCheck.id), _by_ticket(CallTask, CallTask.id)

    def moves(self, ticket: Ticket) -> list[AuditEntry]:
        """The moves of a ticket in the order in which they happened."""
        return [entry for entry in self.trail[ticket.id] if entry.action == Did.TICKET_MOVED.value]


def _by_ticket(model, *order) -> dict[int, list]:
    found = defaultdict(list)
    for row in db.session.scalars(select(model).where(model.ticket_id.is_not(None)).order_by(*order)):
        found[row.ticket_id].append(row)
    return found


def faults(unwatched: frozenset[int] = frozenset()) -> list[str]:
    """Everything that is wrong with any ticket. Nobody watched the clocks of those whose ids are `unwatched`."""
    records = Records()
    return [f"{ticket.case_no} ({ticket.leaf_code}, {ticket.state}): {fault}"
            for ticket in records.tickets for rule in RULES for fault in rule(records, ticket) if rule is not _seen or ticket.id not in unwatched]


def _replay(records: Records, ticket: Ticket) -> Iterator[str]:
    """Each move exists in the table, begins where the one before ended, and is not earlier."""
    state, at = "received", None
    for entry in records.moves(ticket):
        event, before, after = (entry.detail[key] for key in ("event", "before", "after"))
        if before != state:
            yield f"{event} from {before}, but it was {state}"
        row = next((row for row in lifecycle.TRANSITIONS if row.event == event and before in row.sources), None)
        if row is None or after not in (row.targets or (row.target,)):
            yield f"{event} does not lead from {before} to {after}"
        elif row.who.isdisjoint(KINDS.get(entry.actor_kind, STAFF)):
            yield f"{event} by {entry.actor_kind}"
        if at and entry.at < at:
            yield f"{event} before the move before it"
        state, at = after, entry.at
    if state != ticket.state:
        yield f"the trail ends in {state}"


def _hands(records: Records, ticket: Ticket) -> Iterator[str]:
    """The handler does what is the handler's, nobody closes his own, nobody handles what names him."""
    hand = None
    for entry in records.trail[ticket.id]:
        event = entry.detail.get("event")
        if entry.action == Did.TICKET_ASSIGNED.value:
            hand = entry.detail["to"]
        elif event in ("claim", "answer_on_the_spot"):
            hand = entry.actor_id
        elif event in BY_THE_HANDLER and entry.actor_id != hand:
            yield f"{event} by {entry.actor_id}, the handler was {hand}"
        elif event in ("approve", "send_back", "close") and entry.actor_id == hand and entry.actor_kind == "staff":
            yield f"{event} by the handler himself"
        if hand is not None and hand in ticket.named_ids and entry.at > ticket.received_at and event in BY_THE_HANDLER:
            yield "handled by somebody whom it names"
    ended_in_hand = ticket.state in ("in_progress", "in_review", "answered", "closed")
    if ended_in_hand and ticket.assignee_id != hand:
        yield f"the handler is {ticket.assignee_id}, the trail says {hand}"


def _last(moves, state: str):
    return next((entry.at for entry in reversed(moves) if entry.detail["after"] == state), None)


def _columns(records: Records, ticket: Ticket) -> Iterator[str]:
    """The instants and counts on the ticket are those of the trail."""
    moves = records.moves(ticket)
    times = defaultdict(list)
    for entry in moves:
        times[entry.detail["event"]].append(entry.at)
    ended = moves[-1] if moves and ticket.state in lifecycle.ENDED else None
    signed = times["sign"] + times["claim"]
    said = {
        "answered_at": (ticket.answered_at, _last(moves, "answered")),
        "ended_at": (ticket.ended_at, ended and ended.at),
        "ended_by_id": (ticket.ended_by_id, ended and ended.actor_id),
        "dispatched_at": (ticket.dispatched_at, min(times["dispatch"], default=None)),
        "signed": (ticket.signed_at in signed if signed else ticket.signed_at, True if signed else None),
        "asks": (ticket.asks, len(times["ask"])), "returns": (ticket.returns, len(times["return"])), "redos": (ticket.redos, len(times["redo"])),
        "extensions": (ticket.extensions, sum(bool(e.approved) for e in records.extensions[ticket.id])),
        "return_state": (ticket.return_state is not None, ticket.state == "needs_info"),
    }
    yield from (f"{name} is {is_!r}, not {should!r}" for name, (is_, should) in said.items() if is_ != should)


def _clocks(records: Records, ticket: Ticket) -> Iterator[str]:
    """Clocks of ended tickets stand; each is due when its rule says; who was late was marked; the list shows what is due first."""
    clocks = records.clocks[ticket.id]
    running = [c for c in clocks if c.stopped_at is None]
    if running and ticket.state in lifecycle.ENDED:
        yield f"ended, but {running[0].kind} runs"
    if len({c.kind for c in running}) < len(running):
        yield "two clocks of a kind run"
    if any(c.paused_at is not None for c in running) and ticket.state != "needs_info":
        yield "a clock is paused although nobody is asked"
    first = min((c.due_at for c in running if c.paused_at is None and c.kind not in sla.BY_ITSELF), default=None)
    if ticket.due_at != first:
        yield f"due {ticket.due_at}, the clocks say {first}"
    for one in clocks:
        yield from (f"{one.kind}: {fault}" for fault in _clock(records, ticket, one))


def _clock(records: Records, ticket: Ticket, one: Clock) -> Iterator[str]:
    if not one.started_at <= one.at_70 <= one.at_90 <= one.due_at:
        yield "its marks are out of order"
    if one.stopped_at and one.stopped_at < one.started_at:
        yield "stopped before it started"
    if one.stopped_at and ticket.ended_at and one.stopped_at > ticket.ended_at:
        yield "stopped after the end"
    if _undisturbed(records, ticket) and one.due_at != sla.after(records.calendar, one.started_at, sla.Span(one.minutes, one.working)):
        yield "not due when its rule says"
    if one.breached_at and one.breached_at < one.original_due_at:  # more time may be granted when it was late already
        yield "marked late before it was due"


def _undisturbed(records: Records, ticket: Ticket) -> bool:
    """True if nothing ever moved what its clocks began with."""
    return not (ticket.asks or records.extensions[ticket.id] or _doubles(records, ticket))


def _seen(records: Records, ticket: Ticket) -> Iterator[str]:
    """The watcher marked every clock that ran over."""
    for one in records.clocks[ticket.id] if _undisturbed(records, ticket) else ():
        over = (one.stopped_at or records.now) > one.due_at + WATCHED
        if one.kind != "info" and one.breached_at is None and over and _known_late(ticket, one):
            yield f"{one.kind}: late, and nobody saw it"


def _doubles(records: Records, ticket: Ticket) -> bool:
    """True if something was merged into it: the strictest due date counts then."""
    return ticket.merged_into_id is not None or any(other.merged_into_id == ticket.id for other in _merged(records))


def _merged(records: Records) -> list[Ticket]:
    if not hasattr(records, "merged"):
        records.merged = [ticket for ticket in records.tickets if ticket.merged_into_id]
    return records.merged


def _known_late(ticket: Ticket, one: Clock) -> bool:
    """A matter that turns out to be graver at triage can be late at that moment and be dispatched before the watcher comes by."""
    return one.kind not in ("triage", "pass_on") or ticket.dispatched_at is None or one.minutes >= 240


# The decision about a matter may give these clocks more time after they were late: then they are late again later, or no longer.
REFITTED = ("triage", "pass_on")


def _pressing(records: Records, ticket: Ticket) -> Iterator[str]:
    """Its level is the highest to which it was raised, by clocks that were late; it is supervised while a demand waits; each return has its grounds."""
    raised, waiting = records.escalations[ticket.id], [row for row in records.demands[ticket.id] if not row.answered_at and not row.lifted_at]
    if ticket.escalation != max((row.level for row in raised), default=0):
        yield f"level {ticket.escalation}, but it was raised to {[row.level for row in raised]}"
    late = {str(one.id): one.breached_at for one in records.clocks[ticket.id] if one.breached_at}
    yield from (f"raised by {row.why}, which was not late" for row in raised if row.why not in REFITTED and (
        row.cause in late and row.at < late[row.cause] or row.why in records.raising and row.cause not in late))
    if ticket.supervised != bool(waiting) or bool(waiting) != any(one.kind == "demand" and one.stopped_at is None for one in records.clocks[ticket.id]):
        yield f"{len(waiting)} demands wait, supervised: {ticket.supervised}"
    if len(records.returns[ticket.id]) != ticket.returns:
        yield f"given back {ticket.returns} times, {len(records.returns[ticket.id])} grounds"


def _rounds(records: Records, ticket: Ticket) -> Iterator[str]:
    """One survey and one answer a round; the score on the ticket is the present round's; reviewers are others."""
    surveys = records.surveys[ticket.id]
    answers = [m for m in records.messages[ticket.id] if m.purpose == "answer"]
    answered = sum(entry.detail["after"] == "answered" for entry in records.moves(ticket))
    just_now = ticket.answered_at is not None and records.now - ticket.answered_at < WATCHED  # its survey is still to be made
    if len(answers) != answered or len(surveys) not in (answered, answered - just_now):
        yield f"{answered} times answered, {len(answers)} answers, {len(surveys)} surveys"
    present = next((survey.score for survey in surveys if survey.round == ticket.round), None)
    if ticket.score != present:
        yield f"score {ticket.score}, the survey says {present}"
    for survey in surveys:
        sent_wrongly = survey.sent_at and (survey.skipped or survey.sent_at < survey.send_after)
        if sent_wrongly or survey.scored_at and survey.scored_at < survey.created_at:
            yield "a survey is sent and skipped, early, or scored before it was made"
    if any(reply.reviewer_id == reply.author_id or reply.round > ticket.round for reply in records.replies[ticket.id]):
        yield "a reply is reviewed by its author or of a round to come"
    yield from ("a promise or a check is before its time" for row in [*records.promises[ticket.id], *records.checks[ticket.id], *records.calls[ticket.id]]
                if (getattr(row, "at", None) or getattr(row, "created_at", None) or ticket.received_at) < ticket.received_at)


def _thread(records: Records, ticket: Ticket) -> Iterator[str]:
    """It begins with the retailer's words, nothing is later than now, and the search knows every word."""
    messages = records.messages[ticket.id]
    if messages and (messages[0].kind != "in" or messages[0].at != ticket.received_at):
        yield "the thread does not begin with the arrival"
    if any(message.at > records.now for message in messages) or any(entry.at > records.now for entry in records.trail[ticket.id]):
        yield "something happens in the future"
    if ticket.state == "merged":
        return
    shop = ticket.retailer
    identity = () if ticket.confidential else (ticket.order_no, ticket.shop_text, ticket.contact_name, shop and shop.shop_name)
    words = "" if ticket.sealed or not messages else search.tokens(ticket.case_no, *identity, *(m.body for m in messages))
    if ticket.search_tokens != words:
        yield "the search knows other words"


RULES = (_replay, _hands, _columns, _clocks, _seen, _pressing, _rounds, _thread)

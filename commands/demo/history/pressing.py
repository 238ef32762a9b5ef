"""A manager's demand on a simulated ticket (pure): made when the answer is late, answered before it goes out."""
from commands.demo.history import clockwork, rows
from commands.demo.history.case import Case
from commands.demo.history.hours import moment
from commands.demo.history.moves import watch
from commands.demo.history.office import Office
from core.audit import Did
from tickets.sla import Span


def demand(office: Office, case: Case, words: str) -> None:
    """Somebody who leads the ticket wants to hear about it by a time of his own."""
    actor, minutes = office.people.manager(case, case.rng), office.rules.demand_minutes
    case.demand = office.add(rows.Demand(office.id("demand"), case.id, words, actor.id, office.now, office.after(office.now, minutes)))
    case.supervised = True
    clockwork.start(office, case, "demand", span=Span(minutes, True))
    clockwork.note_due(case)
    office.trace(actor, Did.TICKET_SUPERVISED.value, case, on=True, due=moment(case.demand.due_at).isoformat())
    office.tell([office.people.actors[case.assignee_id]], "supervised", case, f"supervised:{case.demand.id}")


def answer(office: Office, case: Case, words: str) -> None:
    """The handler says what was done about it; the manager hears of it."""
    watch(office, case)  # it may have come too late
    actor = office.people.actors[case.assignee_id]
    case.demand.answer, case.demand.answered_at, case.demand.answered_by_id = words, office.now, actor.id
    case.supervised = False
    clockwork.stop(office, case, ("demand",))
    clockwork.note_due(case)
    office.trace(actor, Did.DEMAND_ANSWERED.value, case)
    office.tell([office.people.actors[case.demand.made_by_id]], "demand_answered", case, f"demand_answered:{case.demand.id}")

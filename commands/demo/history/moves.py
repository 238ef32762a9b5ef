"""The one way in which a simulated ticket changes its state (pure): by the real table of tickets.lifecycle, guards and all."""
from commands.demo.history import clockwork, rows
from commands.demo.history.case import Case
from commands.demo.history.office import Office
from core.actor import SYSTEM, Actor
from core.audit import Did
from notifications.staff import RAISED
from tickets import access, lifecycle, sla

TOLD = ("reason", "body", "reference")
OVER, HIGHEST = 100, 3
SHORTLY = 59  # the watcher of the levels looks every minute


class Impossible(Exception):
    """The simulation tried what the rules of the lifecycle forbid: a fault in the script."""


def move(office: Office, case: Case, event: str, actor: Actor, *, target: str | None = None, author_id: int | None = None, **data) -> None:
    """Carry out `event`: permission, guards, clocks, trace. Raises Impossible with the name of what does not hold."""
    watch(office, case)
    row = lifecycle.find(event, case.state)
    data |= {"actor": actor, "now": office.instant()}
    _check(row, case, actor, author_id, data)
    before, case.state = case.state, row.target or target
    _mark(office, case, before, actor, data)
    _turn(office, row, case)
    case.version += 1
    words = {} if case.sealed else {key: value[:500] for key, value in data.items() if key in TOLD and isinstance(value, str)}
    case.last_trace = office.trace(actor, Did.TICKET_MOVED.value, case, event=event, before=before, after=case.state, **words)
    office.weigh(case)


def _check(row, case: Case, actor: Actor, author_id: int | None, data: dict) -> None:
    if row.who.isdisjoint(access.hats(actor, case, author_id)):
        raise Impossible(f"{actor.name} may not {row.event} {case.leaf_code} in {case.state}")
    for guard in row.guards:
        if not lifecycle.GUARDS[guard](case, data):
            raise Impossible(f"{row.event} of {case.leaf_code}: {guard}")


def _mark(office: Office, case: Case, before: str, actor: Actor, data: dict) -> None:
    case.return_state = before if case.state == "needs_info" else None
    if case.state == "answered":
        case.answered_at = office.now
    ended = case.state in lifecycle.ENDED
    case.ended_at, case.ended_by_id = (office.now, actor.id) if ended else (None, None)
    case.merged_into_id = data["into"].id if case.state == "merged" else None
    if ended and case.supervised:
        case.supervised, case.demand.lifted_at = False, office.now


def _turn(office: Office, row, case: Case) -> None:
    clockwork.stop(office, case, row.stops)
    if row.pauses:
        clockwork.pause(office, case)
    if row.resumes:
        clockwork.resume(office, case)
    for kind in row.starts:
        (clockwork.restart if kind in row.stops else clockwork.start)(office, case, kind)
    clockwork.note_due(case)


def watch(office: Office, case: Case) -> None:
    """What the watcher of the clocks saw until now: warnings, alarms, the escalation."""
    for clock, level, at in clockwork.passed(office, case):
        if clock.kind not in sla.BY_ITSELF:
            kind, key = "breached" if level == OVER else "due_soon", f"clock:{clock.id}:{level}:{clock.minutes}"
            office.tell(_audience(office, case, clock.kind), kind, case, key, at)
    for clock, level, at in clockwork.levels(office, case):
        raise_to(office, case, level, clock.kind, str(clock.id), at + case.rng.randrange(SHORTLY))


def raise_to(office: Office, case: Case, level: int, why: str, cause: str, at: int) -> None:
    """Raise a ticket to a level, once for a reason, and tell those whom the level concerns."""
    if (why, cause, level) in case.raised:
        return
    case.raised.add((why, cause, level))
    at = min(at, office.now)
    made = office.add(rows.Escalation(office.id("escalation"), case.id, level, why, at, cause))
    case.escalation = max(case.escalation, level)
    office.trace(SYSTEM, Did.TICKET_ESCALATED.value, case, at=at, level=level, why=why)
    office.tell(_concerned(office, case, level), RAISED.format(level), case, f"raised:{made.id}", at)


def _concerned(office: Office, case: Case, level: int) -> list[Actor]:
    people = managers(office, case)
    if level == HIGHEST:
        people = [*people, *office.people.roles["manager"], *office.people.roles["qa"]]
    return [actor for actor in people if access.can_see(actor, case)]


def _audience(office: Office, case: Case, kind: str) -> list[Actor]:
    """Who hears of a clock: the hotline before dispatch, then the handler or the managers; of the call-back the managers alone."""
    if case.state == "received":
        return office.people.sealers(case) if case.sealed else office.people.roles["hotline"]
    handler = [office.people.actors[case.assignee_id]] if case.assignee_id and kind != "callback" else []
    return handler or managers(office, case)


def managers(office: Office, case: Case) -> list[Actor]:
    """Those who lead the ticket and may see it."""
    return [actor for actor in office.people.managers(case) if access.can_see(actor, case)]

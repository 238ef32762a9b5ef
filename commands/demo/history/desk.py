"""What happens to a simulated ticket before somebody works on it (pure): triage, dispatch, giving back, merging."""
from commands.demo.history import clockwork, rows, thread
from commands.demo.history.case import Case
from commands.demo.history.choosing import route
from commands.demo.history.hours import moment
from commands.demo.history.moves import managers, move, watch
from commands.demo.history.office import Office
from core.audit import Did
from tickets import access

CRITICAL = "S1"
RETURNED = ("wrong_team", "wrong_leaf")  # the reasons that go with the words for it, in their order


def classify(office: Office, case: Case, leaf_code: str, severity: str) -> None:
    """Say what it is; a sealed leaf seals at once, a word that only sounded like one is looked at and opened again."""
    leaf, rng = office.leaves[leaf_code], case.rng
    if case.sealed and leaf.access != "sealed" and not case.anonymous:
        case.sealed = False
        office.trace(rng.choice(office.people.roles["compliance"]), Did.TICKET_UNSEALED.value, case)
    actor, before = office.people.triager(case, rng), case.severity
    case.leaf, case.leaf_code, case.severity = leaf, leaf.code, severity
    if leaf.access == "sealed" and not case.sealed:
        case.sealed = True
        office.trace(actor, Did.TICKET_SEALED.value, case)
    if severity != before or case.running("pass_on"):
        watch(office, case)
        clockwork.rescale(office, case)
        case.rescaled_at = office.now
    if case.signed_at is None:
        clockwork.start(office, case, "pass_on")
    clockwork.note_due(case)
    office.trace(actor, Did.TICKET_TRIAGED.value, case, leaf=None if case.sealed else case.leaf_code, severity=severity)


def dispatch(office: Office, case: Case) -> None:
    """It goes to the leaf's team, and routing chooses."""
    case.team_id, case.assignee_id = office.people.team_for(case), None
    move(office, case, "dispatch", office.people.triager(case, case.rng))
    if case.severity == CRITICAL and case.dispatched_at is None:
        wake(office, case)
    case.dispatched_at = case.dispatched_at or office.now
    route(office, case)


def wake(office: Office, case: Case) -> None:
    """A critical matter: those who must know hear of it at once."""
    first = office.people.sealers(case) if case.sealed else office.people.roles["hotline"]
    office.tell([actor for actor in [*first, *managers(office, case)] if access.can_see(actor, case)], "s1", case, f"s1:{case.id}")


def give_back(office: Office, case: Case, reason: str, words: str, leaf_code: str) -> None:
    """Not his matter: back to triage, with the category that he proposes."""
    handler = office.people.actors[case.assignee_id]
    clock = case.running("sign")[0]
    told = office.add(rows.Return(office.id("ticket_return"), case.id, handler.id, office.now, reason, words, case.leaf_code,
                                  case.team_id, leaf_code))
    move(office, case, "return", handler, reason=words, evidence=words, in_sign_window=office.now <= clock.due_at)
    case.returns += 1
    case.former_ids, case.assignee_id = [*case.former_ids, handler.id], None
    office.weigh(case)
    thread.note(office, case, handler, told.evidence)


def merge(office: Office, case: Case, into: Case) -> None:
    """End a second telling of the same matter: one thread, the earliest receipt, the strictest due date."""
    before = case.state
    due, into_due = _due(office, case), _due(office, into)
    move(office, case, "merge", office.people.triager(case, case.rng), into=into)
    case.facts = {"merged": {"state": before, "messages": [message.id for message in case.thread], "due": due, "into_due": into_due,
                             "into_received": moment(into.received_at).isoformat()}}
    into.confidential, into.support_needs = into.confidential or case.confidential, into.support_needs or case.support_needs
    for message in case.thread:
        message.ticket_id = into.id
    into.thread, case.thread = sorted([*into.thread, *case.thread], key=lambda message: (message.at, message.id)), []
    into.received_at = min(into.received_at, case.received_at)
    clockwork.note_due(into)


def _due(office: Office, case: Case) -> dict[str, str]:
    return {clock.kind: moment(clock.due_at).isoformat() for clock in case.running()}

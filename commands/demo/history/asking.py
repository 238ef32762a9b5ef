"""Questions to the retailer and requests for more time, in the simulation (pure)."""
from commands.demo.history import clockwork, rows, thread
from commands.demo.history.answering import handler
from commands.demo.history.case import Case
from commands.demo.history.moves import move, watch
from commands.demo.history.office import Office
from core.actor import SYSTEM
from core.audit import Did


def ask(office: Office, case: Case, questions: str) -> None:
    """Something is missing; every clock but the retailer's own pauses."""
    move(office, case, "ask", handler(office, case), questions=questions)
    case.asks += 1
    thread.say(office, case, handler(office, case), thread.standard(office, case, "ask", {"questions": questions}), "ask")


def remind(office: Office, case: Case) -> None:
    """Half of the time to answer is over."""
    thread.say(office, case, SYSTEM, thread.standard(office, case, "reminder"), "reminder", f"remind:{case.id}:{case.asks}")


def stop_asking(office: Office, case: Case) -> None:
    """All of it is over: go on with what is known."""
    move(office, case, "resume", SYSTEM, target=case.return_state)
    thread.system(office, case, "not_answered")


def ask_extension(office: Office, case: Case, reason: str, minutes: int) -> None:
    """Ask for so many working minutes more."""
    clock = case.running("resolve")[0]
    new_due = office.after(clock.due_at, minutes, clock.working)
    case.extension = office.add(rows.Extension(office.id("extension"), case.id, case.assignee_id, reason, new_due, office.now))
    office.trace(handler(office, case), Did.EXTENSION_ASKED.value, case)


def decide_extension(office: Office, case: Case, approved: bool) -> None:
    """The manager grants it or not; the retailer hears of a new date."""
    actor, wish = office.people.manager(case, case.rng), case.extension
    wish.decided_by_id, wish.decided_at, wish.approved = actor.id, office.now, approved
    if approved:
        case.extensions += 1
        watch(office, case)
        clockwork.extend(office, case, wish.new_due_at)
        clockwork.note_due(case)
        values = {"reason": wish.reason, "new_due": office.local(wish.new_due_at)}
        thread.say(office, case, actor, thread.standard(office, case, "extension", values), "extension")
    office.trace(actor, Did.EXTENSION_DECIDED.value, case, approved=approved)

"""The life of one simulated ticket (pure): a generator that yields the instant of its next step."""
from collections.abc import Iterator

from catalog.models import NOISE
from commands.demo.history import answering, chances, desk, opening, thread
from commands.demo.history.case import Case
from commands.demo.history.daytime import later
from commands.demo.history.epilogue import epilogue
from commands.demo.history.handling import handle
from commands.demo.history.moves import move
from commands.demo.history.office import Office
from tickets import lifecycle

Steps = Iterator[int]


def live(office: Office, case: Case, leaf: str, severity: str, text: str) -> Steps:
    """From the arrival to the end."""
    opening.open_case(office, case, text)
    yield office.now + case.rng.randrange(2, 20)
    opening.acknowledge(office, case)
    yield later(office, case, chances.some(case.rng, *chances.TRIAGE))
    if (yield from _triage(office, case, leaf, severity)):
        return
    while True:
        if case.state in ("dispatched", "in_progress"):
            yield from handle(office, case)
        if case.state != "answered" or not (yield from epilogue(office, case)):
            return


def _triage(office: Office, case: Case, leaf: str, severity: str) -> Steps:
    """Understand it; True if that was the end of it."""
    if case.double_of is not None and case.double_of.is_open and case.double_of.sealed == case.sealed:
        desk.merge(office, case, case.double_of)
        return True
    desk.classify(office, case, leaf, severity)
    yield later(office, case, case.rng.uniform(1, 4))
    if (yield from _ends_here(office, case)):
        return True
    if lifecycle.GUARDS["spot_answer_allowed"](case, {}) and case.rng.random() < chances.ON_THE_SPOT[case.severity]:
        answering.answer_on_the_spot(office, case)
    else:
        yield from _find_handler(office, case, leaf, severity)
    return False


def _ends_here(office: Office, case: Case) -> Steps:
    rng, common = case.rng, office.book.common[case.language]
    if case.leaf_code == NOISE:
        move(office, case, "decline_noise", office.people.triager(case, rng))
        return True
    if not case.sealed and rng.random() < chances.of(chances.DECLINED, case.leaf_code, chances.DECLINED_ELSE):
        yield later(office, case, chances.some(rng, 60, 0.6))
        actor, values = office.people.manager(case, rng), {"reason": rng.choice(common["declined"]), "body_name": rng.choice(common["bodies"])}
        move(office, case, "decline", actor, reason=values["reason"])
        thread.say(office, case, actor, thread.standard(office, case, "decline", values), "decline")
        return True
    if rng.random() < chances.of(chances.TRANSFERRED, case.leaf_code):
        yield later(office, case, chances.some(rng, 40, 0.6))
        _transfer(office, case, rng.choice(common["bodies"]), f"YX-{case.n:05d}", rng.choice(common["declined"]))
        return True
    return False


def _transfer(office: Office, case: Case, body: str, reference: str, reason: str) -> None:
    actor = office.people.manager(case, case.rng)
    move(office, case, "transfer", actor, body=body, reference=reference)
    values = {"body_name": body, "reference": reference, "reason": reason}
    thread.say(office, case, actor, thread.standard(office, case, "transfer", values), "transfer")


def _find_handler(office: Office, case: Case, leaf: str, severity: str) -> Steps:
    """Dispatch; sometimes it was misread, and comes back to be dispatched again."""
    rng = case.rng
    if case.leaf.access == "open" and not case.sealed and rng.random() < chances.MISREAD:
        wrong = rng.choice([code for code, other in office.leaves.items()
                            if other.access == "open" and code != leaf and not code.startswith("OTH.") and other.type == case.leaf.type] or [leaf])
        desk.classify(office, case, wrong, severity)
        desk.dispatch(office, case)
        yield later(office, case, chances.some(rng, 25, 0.5))
        if case.assignee_id and office.now <= case.running("sign")[0].due_at:
            desk.give_back(office, case, *rng.choice(list(zip(desk.RETURNED, office.book.common[case.language]["returned"], strict=True))), leaf)
            yield later(office, case, chances.some(rng, 20, 0.6))
        desk.classify(office, case, leaf, severity) if case.state == "received" else None
    if case.state == "received":
        desk.dispatch(office, case)

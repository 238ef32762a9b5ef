"""How a simulated ticket begins (pure): the raw record, the ticket, the acknowledgement, and what the retailer adds later."""
from commands.demo.history import clockwork, rows, thread
from commands.demo.history.case import Case
from commands.demo.history.moves import move
from commands.demo.history.office import Office
from core.actor import RETAILER, SYSTEM
from core.audit import Did
from tickets.services.conversation import ADDED
from tickets.services.opening import subject_of

BY_HAND = ("phone", "visit", "counter")


def store(office: Office, case: Case, raw: dict, name: str, recognised_as: str, case_no: str, token: str) -> rows.Intake:
    """Keep an arrival, as intake.services.store and advance do."""
    clerk = case.rng.choice(office.people.roles["hotline"]).id if case.channel in BY_HAND else None
    sealed = recognised_as == "new_matter" and (case.anonymous or case.type == "report")
    intake = office.add(rows.Intake(office.id("intake_record"), case.channel, name, office.now, raw, case_no, token, recognised_as, case.id,
                                    pin_hash=case.pin_hash if recognised_as == "new_matter" else None, captured_by_id=clerk, sealed=sealed))
    office.trace(SYSTEM, Did.INTAKE_STORED.value, target=case_no, channel=case.channel)
    return intake


def raw_of(case: Case, text: str) -> dict:
    """What the channel keeps; an anonymous person leaves no identity."""
    said = {"text": text, "kind": case.type, "occurred": case.occurred, "order_no": case.order_no, "wish": case.wish,
            "confidential": case.confidential, "anonymous": case.anonymous, "language": case.language}
    identity = {"shop": case.shop.licence_no, "name": case.shop.owner_name, "phone": case.shop.phone} if case.shop and not case.anonymous else {}
    return {name: value for name, value in (said | identity).items() if value not in ("", False)}


def open_case(office: Office, case: Case, text: str) -> None:
    """Make the ticket of an arrival: first message, triage clock, traces."""
    case.intake = store(office, case, raw_of(case, text), f"history-{case.n}", "new_matter", case.case_no, case.token)
    case.subject, case.captured_by_id = subject_of(text), case.intake.captured_by_id
    case.sealed = case.intake.sealed or office.rules.suspicious(text, case.wish)
    office.add(case)
    clockwork.start(office, case, "triage", case.received_at)
    clockwork.start(office, case, "pass_on")
    clockwork.note_due(case)
    office.trace(SYSTEM, Did.TICKET_OPENED.value, case, channel=case.channel)
    thread.take_in(office, case, text, case.channel, case.intake.id)
    case.intake.sealed = case.intake.sealed or case.sealed
    office.weigh(case)


def acknowledge(office: Office, case: Case) -> None:
    """Say that it arrived, in words that say nothing of a sealed matter. Who cannot be reached reads it on his page."""
    if case.contact_phone or case.anonymous or case.channel == "web":
        answer = "ack_anonymous" if case.anonymous or case.sealed else "ack"
        thread.say(office, case, SYSTEM, thread.standard(office, case, answer), "ack", f"ack:{case.id}")


def add_words(office: Office, case: Case, text: str, case_no: str, token: str) -> None:
    """The retailer adds something to his open ticket; a question is answered by it."""
    name = f"history-{case.n}-{len(case.thread)}"
    intake = store(office, case, {"text": text, "continues": case.case_no, "language": case.language}, name, "continuation", case_no, token)
    message = thread.take_in(office, case, text, case.channel, intake.id)
    message.purpose, intake.sealed = ADDED, case.sealed
    if case.state == "needs_info":
        move(office, case, "resume", RETAILER, target=case.return_state)
    if case.assignee_id:
        office.tell([office.people.actors[case.assignee_id]], "continued", case, f"continued:{case.id}:{message.id}")

"""The thread of a simulated ticket (pure): what the retailer says, what is said to him, what is noted."""
from collections.abc import Mapping

from commands.demo.history import clockwork, rows
from commands.demo.history.case import Case
from commands.demo.history.moves import watch
from commands.demo.history.office import Office
from commands.demo.history.words import Filled
from core.actor import SYSTEM, Actor
from core.audit import Did
from tickets import case_number

CARRIED_AFTER = 2  # seconds between words in the thread and the message that carries them


def take_in(office: Office, case: Case, text: str, channel: str, intake_id: int | None = None) -> rows.Message:
    """The retailer's words. Words that may mean a sealed matter seal it."""
    if not case.sealed and office.rules.suspicious(text):
        case.sealed = True
        office.trace(SYSTEM, Did.TICKET_SEALED.value, case)
    message = _add(office, case, "in", text, channel=channel, intake_id=intake_id, author_name=case.contact_name)
    case.last_inbound_at = message.at
    return message


def say(office: Office, case: Case, actor: Actor, filled: Filled, purpose: str, key: str | None = None) -> rows.Message:
    """Words for the retailer, and the message of the demo's gateway that carries them nowhere."""
    channel, address = ("sms", case.contact_phone) if case.contact_phone else ("page", "")
    message = _add(office, case, "out", filled.body, channel=channel, purpose=purpose, author_id=actor.id, author_name=actor.name,
                   answer_code=filled.code, answer_version=filled.version, dedupe_key=key, language=filled.language,
                   delivery="sent" if address else "page")
    office.trace(actor, Did.TICKET_MESSAGED.value, case, purpose=purpose, answer=filled.code, version=filled.version)
    if actor.kind == "staff":
        mark_contact(office, case)
    if address:
        _carry(office, case, message, address)
    return message


def _carry(office: Office, case: Case, message: rows.Message, address: str) -> None:
    at = min(office.now + CARRIED_AFTER, office.end)
    office.add(rows.Outbound(office.id("outbound_message"), "sms", address, message.body, message.purpose, f"message:{message.id}", message.id,
                             case.id, at, at, at))
    office.trace(SYSTEM, Did.MESSAGE_SENT.value, case, purpose=message.purpose, channel="sms", state="sent")


def log_call(office: Office, case: Case, actor: Actor, text: str) -> None:
    """What was said on the phone; it counts as contact."""
    _add(office, case, "call", text, channel="phone", author_id=actor.id, author_name=actor.name)
    office.trace(actor, Did.TICKET_MESSAGED.value, case, purpose="call")
    mark_contact(office, case)
    if case.state == "answered" and actor.id != case.assignee_id:
        clockwork.stop(office, case, ("callback",))
        clockwork.note_due(case)


def note(office: Office, case: Case, actor: Actor, text: str) -> None:
    """A note for the staff."""
    _add(office, case, "note", text, author_id=actor.id, author_name=actor.name)
    office.trace(actor, Did.TICKET_NOTED.value, case)


def system(office: Office, case: Case, what: str) -> None:
    """A line about what happened."""
    _add(office, case, "system", "", purpose=what)


def mark_contact(office: Office, case: Case) -> None:
    """A human has been in touch."""
    watch(office, case)
    case.contacted_at = case.contacted_at or office.now
    clockwork.stop(office, case, ("contact",))
    if case.running("update"):
        clockwork.restart(office, case, "update")
    if case.state == "needs_info":
        clockwork.pause(office, case)
    clockwork.note_due(case)


def standard(office: Office, case: Case, purpose: str, values: Mapping = (), leaf: str | None = None, last: bool = False) -> Filled:
    """The approved words for a purpose in the retailer's language: of the leaf if one is named, the last of several if asked."""
    template = office.templates[purpose, leaf, case.language][-1 if last else 0]
    return template.fill(known(office, case) | dict(values), office.hours.tz)


def known(office: Office, case: Case) -> dict:
    """What tickets.values.known says of a ticket, as far as answers use it."""
    lang, fixed = case.language, office.fixed[case.language]
    resolve = next(iter(case.running("resolve")), None)
    return {"case_no": case_number.show(case.case_no), "shop": (case.shop.shop_name if case.shop else case.shop_text) or fixed["shop"],
            "contact_name": case.contact_name or fixed["contact_name"], "handler": office.people.name(case.assignee_id),
            "team": fixed["teams"].get(case.team_id), "resolve_due": office.local(resolve.due_at if resolve else _expected(office, case)),
            "received_on": office.local(case.received_at), "tracking_url": fixed["tracking"] + case.token, "order_no": case.order_no,
            "org": fixed["org"], "hotline": fixed["hotline"], "today": office.local(office.now), "language": lang}


def _expected(office: Office, case: Case) -> int:
    at = case.received_at
    for kind in ("triage", "resolve"):
        span = office.span(case, kind)
        at = office.after(at, span.minutes, span.working)
    return at


def _add(office: Office, case: Case, kind: str, body: str, **columns) -> rows.Message:
    columns.setdefault("language", case.language)
    message = office.add(rows.Message(office.id("message"), case.id, kind, body, office.now, **columns))
    case.thread.append(message)
    return message



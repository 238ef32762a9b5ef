"""A text arrives: kept as it came, put together with its other pieces, and given its time."""
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from core import events, locks, settings
from core.db import db
from core.phone import InvalidPhone, normalise
from core.settings import Setting
from hotline.texts import language, pictures, queries, stitching, words
from hotline.texts.stitching import Group, Part, Rules
from intake import services as intake
from intake.events import IntakeStored
from intake.models import IntakeRecord

settings.define(
    Setting("text_window_seconds", "int", 90, "hotline", _l("Seconds for which a missing piece of a long text is waited for")),
    Setting("text_settle_seconds", "int", 4, "hotline", _l("Seconds after a text that misses nothing, before it is acted on")),
)
CHANNEL = "sms"
PART = "part"
LOOK_BACK = 4  # windows: a text is waited for during two at most, and a piece may come one later
LONGEST_SENDER = 100
LONGEST_NUMBER = 15


def arrive(provider: str, fields: Mapping[str, str], at: datetime) -> tuple[IntakeRecord, bool]:
    """Keep one text, whose `fields` are named as Twilio names them. Returns its record and whether it is new.

    A repeat (the same SID, or the same words under the same idempotency token) changes nothing.
    """
    told = {_storable(name): _storable(value) for name, value in fields.items()}
    sender = told.get("From", "").strip()[:LONGEST_SENDER]
    locks.hold_for("sender", sender)
    known = _known(external_id(provider, told), sender, told, at)
    if known is not None:
        return known, False
    return _keep(provider, told, sender, at), True


def external_id(provider: str, fields: Mapping[str, str]) -> str:
    """By what a text is known: its SID; other gateways may count from one, so theirs carry the name. Without one, its words are all there is."""
    sid = fields.get("MessageSid") or fields.get("SmsSid") or fields.get("SmsMessageSid")
    if not sid:
        sid = "unnamed-" + hashlib.sha256(json.dumps(dict(fields), sort_keys=True).encode()).hexdigest()[:32]
    return sid if provider == "twilio" else f"{provider}:{sid}"


def number_of(sender: str) -> str | None:
    """The sender as a number that can be written back to; None for names and short codes."""
    try:
        return normalise(sender, settings.get("country"))
    except InvalidPhone:
        # The provider has just spoken to it, so it exists, whatever our table of numbers says.
        digits = sender.removeprefix("+")
        return sender if sender != digits and digits.isascii() and digits.isdigit() and 7 <= len(digits) <= LONGEST_NUMBER else None


def rules() -> Rules:
    """The settings and lists by which pieces are put together."""
    said = words.current()
    return Rules(timedelta(seconds=settings.get("text_window_seconds")), timedelta(seconds=settings.get("text_settle_seconds")),
                 said.commands, said.anew)


def _storable(text: str) -> str:
    # No text column holds a NUL or half of a pair; a gateway that speaks JSON can send both.
    return str(text).replace("\0", "").encode("utf-8", "replace").decode()


def _known(name: str, sender: str, fields: Mapping[str, str], at: datetime) -> IntakeRecord | None:
    found = intake.find(CHANNEL, name)
    token = fields.get("IdempotencyToken")
    if found is not None or not token:
        return found
    return next((row for row in queries.lately_from(sender, at - timedelta(days=1))
                 if row.raw.get("fields", {}).get("IdempotencyToken") == token and row.raw.get("text") == fields.get("Body", "")), None)


def _keep(provider: str, fields: dict[str, str], sender: str, at: datetime) -> IntakeRecord:
    text, phone = fields.get("Body", ""), number_of(sender)
    raw = {"text": text, "phone": phone, "provider": provider, "fields": fields}
    alone = stitching.gather([Part(0, text, at)], rules())[0]
    record, _new = intake.store(CHANNEL, external_id(provider, fields), raw, received_at=at, sender=phone or sender or None, not_before=alone.until)
    pictures.announce(record, provider, fields)
    if record.sender:
        _put_together(record)
    else:
        _speak(record, alone)
    return record


def _put_together(record: IntakeRecord) -> None:
    """Compute anew what belongs together among what this sender wrote of late; nothing that was acted on is touched."""
    ours = rules()
    rows = queries.lately_from(record.sender, record.received_at - LOOK_BACK * ours.window, lock=True)
    pending, acted = _split(rows)
    by_id = {row.id: row for row in pending}
    for group in stitching.gather([_part(row) for row in pending], ours):
        _join(by_id, group)
    if record.state == "stored" and not any(row.joined_to_id == record.id for row in pending):
        _look_at_the_last(record, acted, ours)


def _split(rows: list[IntakeRecord]) -> tuple[list[IntakeRecord], list[list[IntakeRecord]]]:
    """What still waits, with its parts, and what was acted on, each with its parts; the last one last."""
    waiting = {row.id for row in rows if row.state == "stored" and not row.meta.get("read", {}).get("facts")}
    pending = [row for row in rows if row.id in waiting or row.joined_to_id in waiting]
    heads = [row for row in rows if row.state == "done" and row.joined_to_id is None]
    return pending, [[head, *(row for row in rows if row.joined_to_id == head.id)] for head in heads]


def _join(by_id: dict[int, IntakeRecord], group: Group) -> None:
    head = by_id[group.first.id]
    head.joined_to_id, head.state, head.recognised_as = None, "stored", None
    _speak(head, group)
    for part in (*group.parts, *group.repeats):
        row = by_id[part.id]
        if row is not head:
            row.joined_to_id, row.state, row.recognised_as, row.not_before = head.id, "done", PART, None


def _speak(head: IntakeRecord, group: Group) -> None:
    """Let one record speak for its group, when nothing of it is waited for any more."""
    spoken = language.of(group.text, usual="") or queries.usual_language(head.sender)
    head.meta = head.meta | {"read": {"text": group.text or pictures.stands_for(head, spoken), "language": spoken}}
    if head.not_before != group.until:
        head.not_before = group.until
        events.emit(IntakeStored(head.id), group.until)
    db.session.flush()


def _look_at_the_last(record: IntakeRecord, acted: list[list[IntakeRecord]], ours: Rules) -> None:
    """A piece that comes too late goes where the others went; a mere repeat goes nowhere."""
    part = _part(record)
    for rows in reversed(acted):
        group = stitching.gather([_part(row) for row in rows], ours)[0]
        if rows is acted[-1] and stitching.repeats(part, group, ours):
            record.joined_to_id, record.ticket_id, record.sealed = rows[0].id, rows[0].ticket_id, rows[0].sealed
            record.state, record.recognised_as, record.not_before = "done", PART, None
            return
        if stitching.comes_late(part, group, ours):
            record.meta = record.meta | {"read": record.meta["read"] | {"facts": {"piece_of": rows[0].id}, "text": part.body}}
            return


def _part(row: IntakeRecord) -> Part:
    return Part(row.id, row.raw.get("text", ""), row.received_at)

"""A text arrives: kept as it came, put together with its other pieces, and given its time."""
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from core import locks, settings
from core.phone import InvalidPhone, normalise
from core.settings import Setting
from hotline.texts import joining, pictures, queries, stitching
from hotline.texts.stitching import Part
from intake import services as intake
from intake.models import IntakeRecord

settings.define(
    Setting("text_window_seconds", "int", 90, "hotline", _l("Seconds for which a missing piece of a long text is waited for")),
    Setting("text_settle_seconds", "int", 4, "hotline", _l("Seconds after a text that misses nothing, before it is acted on")),
)
CHANNEL = "sms"
A_DAY = timedelta(days=1)  # providers repeat themselves for hours, not for days
LONGEST_SENDER = 100
LONGEST_NUMBER = 15


def arrive(provider: str, fields: Mapping[str, str], at: datetime) -> tuple[IntakeRecord, bool]:
    """Keep one text, whose `fields` are named as Twilio names them. Returns its record and whether it is new.

    A repeat (the same SID, or the same words under the same idempotency token) changes nothing.
    """
    told = {_storable(name): _storable(value) for name, value in fields.items()}
    written = told.get("From", "").strip()[:LONGEST_SENDER]
    phone = number_of(written)
    sender = phone or written
    locks.hold_for("sender", sender)
    known = _known(external_id(provider, told), sender, told, at)
    if known is not None:
        return known, False
    return _keep(external_id(provider, told), {"text": told.get("Body", ""), "phone": phone, "provider": provider, "fields": told}, sender, at), True


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


def _storable(text: str) -> str:
    # No text column holds a NUL or half of a pair; a gateway that speaks JSON can send both.
    return str(text).replace("\0", "").encode("utf-8", "replace").decode()


def _known(name: str, sender: str, fields: Mapping[str, str], at: datetime) -> IntakeRecord | None:
    found = intake.find(CHANNEL, name)
    token = fields.get("IdempotencyToken")
    if found is not None or not token:
        return found
    return next((row for row in queries.between(sender, at - A_DAY, at + A_DAY)
                 if row.raw.get("fields", {}).get("IdempotencyToken") == token and row.raw.get("text") == fields.get("Body", "")), None)


def _keep(name: str, raw: dict, sender: str, at: datetime) -> IntakeRecord:
    alone = stitching.gather([Part(0, raw["text"], at, joining.place(raw["fields"]))], joining.rules())[0]
    record, _new = intake.store(CHANNEL, name, raw, received_at=at, sender=sender or None, not_before=alone.until)
    pictures.announce(record, raw["provider"], raw["fields"])
    joining.put_together(record)
    return record

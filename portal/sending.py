"""Storing what a form says: the raw record, its photos, and for anonymous ones the PIN."""
import hashlib

from core import files, settings
from core.actor import RETAILER
from core.i18n import language
from intake import services as intake
from intake.models import IntakeRecord
from portal import form_key, photos, pins, raw
from tickets.models import Ticket

CHANNEL = "web"


def find(external_id: str) -> IntakeRecord | None:
    """The record that this form has made already."""
    return intake.find(CHANNEL, external_id)


def send(form, external_id: str) -> IntakeRecord:
    """Store a valid complaint form. Sent a second time with other words, those become an addition to the same case."""
    told = raw.complaint(form.data, language(), settings.get("country"))
    attachments = files.waiting(external_id)
    known = find(external_id)
    if raw.guarded(told) or known is not None and (known.sealed or raw.guarded(known.raw)):
        _anonymise(attachments)
    if known is not None:
        return _changed(known, told, external_id, attachments)
    pin_hash = pins.hashed(form_key.pin(form.form_key.data)) if told["anonymous"] else None
    return intake.store(CHANNEL, external_id, told, actor=RETAILER, sealed=raw.sealed(told), pin_hash=pin_hash, attachments=attachments)[0]


def _anonymise(attachments: list) -> None:
    for number, attachment in enumerate(attachments, 1):
        photos.anonymise(attachment, number)


def _changed(known: IntakeRecord, told: dict, external_id: str, attachments: list) -> IntakeRecord:
    if told["text"] != known.raw["text"]:
        words = hashlib.sha256(told["text"].encode()).hexdigest()[:16]
        intake.store(CHANNEL, f"{external_id}:{words}", told | {"continues": known.case_no}, actor=RETAILER,
                     sealed=known.sealed or raw.sealed(told), pin_hash=known.pin_hash, attachments=attachments)
    return known


def add(ticket: Ticket, text: str, external_id: str) -> IntakeRecord:
    """Store what the retailer adds to an open ticket."""
    attachments = files.waiting(external_id)
    if ticket.anonymous or ticket.confidential or ticket.sealed:
        _anonymise(attachments)
    told = raw.addition(text, language(), ticket.case_no)
    return intake.store(CHANNEL, external_id, told, actor=RETAILER, sealed=ticket.sealed, pin_hash=ticket.pin_hash, attachments=attachments)[0]

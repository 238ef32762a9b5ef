"""Storing what a form says: the raw record, its photos, and for anonymous ones the PIN."""
import hashlib

from flask_babel import gettext as _

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


def new_photos(known: IntakeRecord, digests: set[str]) -> bool:
    """True if a form that was sent already now brings photos that it did not bring before.

    Those of somebody protected were changed before they were kept, so they are not known again: they can be added on his page.
    """
    if known.sealed or raw.guarded(known.raw):
        return False
    return bool(digests - brought(known.external_id))


def brought(external_id: str) -> set[str]:
    """The marks of all photos that came with this form so far."""
    return intake.digests(CHANNEL, external_id)


def send(form, external_id: str) -> IntakeRecord:
    """Store a valid complaint form. Sent a second time with other words or photos, those become an addition to the same case."""
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
    same_words = told["text"] == known.raw["text"]
    if same_words:
        told = raw.addition(_("One more photo"), language(), known.case_no)
    if attachments or not same_words:
        mark = hashlib.sha256("".join([told["text"], *(kept.sha256 for kept in attachments)]).encode()).hexdigest()[:16]
        intake.store(CHANNEL, f"{external_id}:{mark}", told | {"continues": known.case_no}, actor=RETAILER,
                     sealed=known.sealed or raw.sealed(told), pin_hash=known.pin_hash, attachments=attachments)
    return known


def add(ticket: Ticket, text: str, external_id: str) -> IntakeRecord:
    """Store what the retailer adds to an open ticket."""
    attachments = files.waiting(external_id)
    if ticket.anonymous or ticket.confidential or ticket.sealed:
        _anonymise(attachments)
    told = raw.addition(text, language(), ticket.case_no)
    return intake.store(CHANNEL, external_id, told, actor=RETAILER, sealed=ticket.sealed, pin_hash=ticket.pin_hash, attachments=attachments)[0]

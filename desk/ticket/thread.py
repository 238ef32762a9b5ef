"""The thread of a ticket: every contact, and between them what happened, from the audit trail."""
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from core.actor import Actor
from core.audit import AuditEntry, Did
from core.db import db
from core.i18n import when
from desk.recordings.heard import Voice, voices
from desk.shown import words
from desk.shown.presenters import happened
from desk.ticket import trail as ticket_trail
from desk.triage.matter import files
from hotline.texts.queries import parts_of
from tickets import access
from tickets.fitting import TOGETHER
from tickets.models import Message, Ticket
from tickets.services import replying
from tickets.services.replying import Hands


@dataclass
class Entry:
    """One contact as `thread.message` draws it, or, with kind `lines`, what happened between two contacts."""

    kind: str
    at: datetime
    author: str = ""
    channel_label: str = ""
    body: str = ""
    attachments: list = field(default_factory=list)
    delivery: tuple | None = None
    lines: list = field(default_factory=list)
    voice: Voice | None = None

    @property
    def when(self) -> str:
        """The instant, short."""
        return when(self.at)


def trail(ticket: Ticket) -> list[AuditEntry]:
    """The traces of a ticket that its thread tells, oldest first."""
    return list(db.session.scalars(db.select(AuditEntry).where(AuditEntry.ticket_id == ticket.id, AuditEntry.action.in_(ticket_trail.TOLD))
                                   .order_by(AuditEntry.id)))


def thread(ticket: Ticket, actor: Actor, traces: list[AuditEntry], names: dict[int, str]) -> list[Entry]:
    """Contacts and lines in the order of time; neighbouring lines stand in one entry."""
    hidden, hands = not access.sees_identity(actor, ticket), replying.hands(ticket)
    parts, spoken = parts_of(message.intake_id for message in ticket.messages), voices(ticket)
    contacts = [_entry(message, hidden, hands.get(message.dedupe_key), parts.get(message.intake_id, 1), spoken.get(message.intake_id))
                for message in ticket.messages]
    happenings = [Entry("lines", trace.at, lines=[(when(trace.at), text)]) for trace in traces if (text := ticket_trail.words_of(trace, names))]
    joined: list[Entry] = []
    for entry in sorted([*happenings, *contacts], key=lambda e: e.at):
        if entry.kind == "lines" and joined and joined[-1].kind == "lines":
            joined[-1].lines.extend(entry.lines)
        else:
            joined.append(entry)
    return joined


def _entry(message: Message, hidden: bool, hands: Hands | None, parts: int, voice: Voice | None) -> Entry:
    if message.kind == "system":
        return Entry("lines", message.at, lines=[(when(message.at), happened(message))])
    return Entry(message.kind, message.at, _author(message, hidden, hands), _channel(message, parts), message.body, files(message), _delivery(message),
                 voice=voice if message.kind == "in" else None)


def _author(message: Message, hidden: bool, hands: Hands | None) -> str:
    if hands is not None:
        return _("%(author)s, approved by %(reviewer)s", author=hands.author, reviewer=hands.reviewer) if hands.reviewer else hands.author
    if message.kind == "in":
        return _("Retailer") if hidden or not message.author_name else message.author_name
    if (message.dedupe_key or "").startswith(TOGETHER):
        return _("%(name)s, one answer to many", name=message.author_name)
    return message.author_name if message.author_id else _("Automatic")


def _channel(message: Message, parts: int) -> str:
    channel = words.CHANNELS.get(message.channel, message.channel)
    if parts > 1:
        return ngettext("%(channel)s in %(num)s part", "%(channel)s in %(num)s parts", parts, channel=channel)
    if not message.answer_code:
        return str(channel)
    return _("%(channel)s, %(code)s version %(version)s", channel=channel, code=message.answer_code, version=message.answer_version)


def _delivery(message: Message) -> tuple | None:
    told = words.DELIVERY[message.delivery]
    if message.delivery_note == "overtaken":
        return words.DELIVERY_NOTES["overtaken"], ""
    if told is None or not message.delivery_note:
        return told
    return _("%(state)s: %(why)s", state=told[0], why=words.DELIVERY_NOTES.get(message.delivery_note, message.delivery_note)), told[1]


def people_in(traces: list[AuditEntry]) -> set[int]:
    """Ids of the people whom the traces name."""
    return {trace.detail["to"] for trace in traces if trace.action == Did.TICKET_ASSIGNED and trace.detail.get("to")}

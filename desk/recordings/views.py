"""The bytes of a recording, in pieces as the player asks for them; who listened is recorded."""
import io
from datetime import timedelta

from flask import current_app, request, send_file

from accounts.permissions import may
from core import clock
from core.audit import AuditEntry, Did, record
from core.db import db
from core.errors import NotFound
from desk.blueprint import actor, any_staff, desk
from hotline.calls import queries
from hotline.models import Recording
from tickets import access
from tickets.models import Ticket

ONE_LISTENING = timedelta(hours=1)  # a player asks for many pieces: they are one time of listening


@desk.get("/recordings/<id:recording_id>")
@any_staff
def recording(recording_id: int):
    """A recording for whoever may see the ticket where its words stand; without one, for whoever takes calls."""
    found = db.session.get(Recording, recording_id)
    if found is None or found.attachment is None:
        raise NotFound("recording")
    ticket = queries.ticket_of(found.call)
    if not _may_hear(ticket):
        raise NotFound("recording")
    if request.method == "GET":
        _note_listening(found, ticket)
    return _bytes(found)


def _may_hear(ticket: Ticket | None) -> bool:
    if ticket is None:
        return may(actor().roles, "calls")
    return access.can_see(actor(), ticket)


def _note_listening(found: Recording, ticket: Ticket | None) -> None:
    lately = db.select(AuditEntry.id).where(AuditEntry.action == Did.RECORDING_HEARD.value, AuditEntry.actor_id == actor().id,
                                            AuditEntry.target == str(found.id), AuditEntry.at > clock.now() - ONE_LISTENING)
    if db.session.scalar(lately.limit(1)) is None:
        record(actor(), Did.RECORDING_HEARD, ticket=ticket, target=str(found.id))
        db.session.commit()


def _bytes(found: Recording):
    attachment = found.attachment
    try:
        data = current_app.extensions["storage"].get(attachment.storage_key)
    except FileNotFoundError:
        raise NotFound("recording") from None
    answer = send_file(io.BytesIO(data), mimetype=attachment.content_type, download_name=attachment.filename, etag=attachment.sha256)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

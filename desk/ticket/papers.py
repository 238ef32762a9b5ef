"""The papers of a ticket: checklist, promises, the full number, the arrival as it came, why this handler, files."""
import io

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from core.audit import Did, record
from core.db import db
from core.errors import NotAllowed, NotFound
from core.files import IMAGE_TYPES, Attachment
from desk.blueprint import actor, any_staff, desk
from desk.shown import presenters, returned, words
from desk.ticket import chosen
from desk.ticket import notes as ticket_notes
from desk.ticket import view as ticket_view
from desk.ticket.view import Typed
from desk.ticket.views import carry_out, show
from intake.models import IntakeRecord
from tickets import access, case_number, queries
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import replying


@desk.post("/tickets/<case_no>/checklist")
@any_staff
def ticket_check(case_no: str):
    """Set the checklist to what is ticked."""
    found = queries.by_case_no(actor(), case_no)
    ticked = set(request.form.getlist("item", type=int))
    return carry_out(found, lambda: replying.check(found, actor(), ticked), _("The checklist is kept."), Typed("checklist"))


@desk.post("/tickets/<case_no>/promises/<id:promise_id>")
@any_staff
def ticket_promise(case_no: str, promise_id: int):
    """Say whether a promise was kept."""
    found = queries.by_case_no(actor(), case_no)
    if access.hats(actor(), found).isdisjoint({"assignee", "manager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    ticket_notes.settle_promise(found, actor(), promise_id, request.form.get("kept") == "yes")
    db.session.commit()
    flash(_("Noted."), "success")
    return redirect(url_for("desk.ticket", case_no=case_no))


@desk.post("/tickets/<case_no>/identity")
@any_staff
def ticket_identity(case_no: str):
    """Show the retailer's full number once; the audit trail keeps who looked."""
    found = queries.by_case_no(actor(), case_no)
    if not access.sees_identity(actor(), found):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    record(actor(), Did.IDENTITY_SEEN, ticket=found)
    db.session.commit()
    return show(found, revealed=True)


@desk.get("/tickets/<case_no>/raw")
@any_staff
def ticket_raw(case_no: str):
    """What came in, unchanged. It holds the sender's name and number, so looking leaves a trace."""
    found = queries.by_case_no(actor(), case_no)
    if not ticket_view.may_read_raw(found, actor()):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    rows = db.session.scalars(db.select(IntakeRecord).filter_by(ticket_id=found.id).order_by(IntakeRecord.received_at)).all()
    record(actor(), Did.IDENTITY_SEEN, ticket=found, target="raw")
    db.session.commit()
    return render_template("desk/ticket_raw.html", ticket=found, number=case_number.show(found.case_no), rows=rows, words=words)


@desk.get("/tickets/<case_no>/routing")
@any_staff
def decision(case_no: str):
    """Every routing decision with all candidates and what spoke for or against each."""
    found = queries.by_case_no(actor(), case_no)
    return render_template("desk/ticket_routing.html", ticket=found, number=case_number.show(found.case_no),
                           decisions=chosen.decisions(found, actor()), returned=returned.of(found), leaf_name=presenters.leaf_name(found))


@desk.get("/files/<id:file_id>")
@any_staff
def file(file_id: int):
    """A photo of a ticket that the reader may see; of sealed ones a trace is left."""
    attachment = db.session.get(Attachment, file_id)
    found = _owner(attachment)
    if found is None or not access.can_see(actor(), found):
        raise NotFound("file")
    if found.sealed:
        record(actor(), Did.FILE_SEEN, ticket=found, target=str(file_id))
        db.session.commit()
    return _bytes(attachment)


def _owner(attachment: Attachment | None) -> Ticket | None:
    if attachment is None:
        return None
    if attachment.ticket_id is not None:
        return db.session.get(Ticket, attachment.ticket_id)
    stored = db.session.get(IntakeRecord, attachment.intake_id) if attachment.intake_id else None
    return db.session.get(Ticket, stored.ticket_id) if stored and stored.ticket_id else None


def _bytes(attachment: Attachment):
    try:
        data = current_app.extensions["storage"].get(attachment.storage_key)
    except FileNotFoundError:
        raise NotFound("file") from None
    # Only what was checked to be an image is shown in the browser; the rest is handed over as a file.
    image = attachment.content_type in IMAGE_TYPES.values()
    answer = send_file(io.BytesIO(data), mimetype=attachment.content_type, as_attachment=not image, download_name=attachment.filename)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

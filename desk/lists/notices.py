"""The bell: what a member of staff was told, each with a link to its ticket."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import joinedload

from core.db import db
from core.errors import NotFound
from core.pagination import paginate
from desk.blueprint import actor, any_staff, desk
from desk.frame import navigation
from desk.shown.presenters import ticket_url
from notifications import queries
from notifications.models import Notice
from notifications.staff import mark_read
from notifications.words import NOTICES
from tickets.access import can_see
from tickets.models import Ticket

# Where notices lead that are about no ticket: the page's name by the kind of notice.
WAYS = {"plan_missing": "calendar"}


@desk.get("/notices")
@any_staff
def notices():
    """The newest first; a ticket that the reader may no longer see is not named."""
    page = paginate(queries.notices(current_user.id).options(joinedload(Notice.ticket).joinedload(Ticket.leaf)))
    return render_template("desk/notices.html", page=page, notices=[_told(notice) for notice in page.rows])


@desk.post("/notices/<id:notice_id>")
@any_staff
def open_notice(notice_id: int):
    """Mark a notice as read and go to its ticket."""
    notice = db.session.scalar(queries.notices(current_user.id).where(Notice.id == notice_id))
    if notice is None:
        raise NotFound("notice")
    mark_read(current_user.id, notice.id)
    address = _address(notice) or url_for("desk.notices")
    db.session.commit()
    return redirect(address)


@desk.post("/notices/read")
@any_staff
def read_notices():
    """Mark all notices as read."""
    mark_read(current_user.id)
    db.session.commit()
    flash(_("All notices are marked as read."), "success")
    return redirect(url_for("desk.notices"))


def _told(notice: Notice) -> dict:
    shown = notice.ticket is not None and can_see(actor(), notice.ticket)
    return {"id": notice.id, "text": NOTICES[notice.kind], "at": notice.at, "unread": notice.read_at is None,
            "case_no": notice.ticket.case_no if shown else "", "subject": notice.ticket.subject if shown else "",
            "severity": notice.ticket.severity if shown else ""}


def _address(notice: Notice) -> str | None:
    if notice.path:
        return notice.path
    if notice.ticket is None:
        return navigation.address(WAYS[notice.kind]) if notice.kind in WAYS else None
    return ticket_url(notice.ticket) if can_see(actor(), notice.ticket) else None

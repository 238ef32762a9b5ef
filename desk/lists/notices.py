"""The bell: what a member of staff was told, each with a link to its ticket."""
from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import joinedload

from accounts.permissions import may
from core.db import db
from core.errors import NotFound
from core.pagination import paginate
from desk.blueprint import actor, any_staff, desk
from desk.frame import navigation
from desk.hot import words as hot_words
from desk.shown.presenters import ticket_url
from notifications import queries
from notifications.compose import UNNAMED
from notifications.models import Notice
from notifications.staff import mark_read
from notifications.words import NOTICES
from reporting.hot import queries as hot_issues
from tickets.access import can_see
from tickets.models import Ticket

# Where notices lead that are about no ticket: the page's name by the kind of notice.
WAYS = {"plan_missing": "calendar"}


@desk.get("/notices")
@any_staff
def notices():
    """The newest first; a ticket that the reader may no longer see is not named."""
    page = paginate(queries.notices(current_user.id).options(joinedload(Notice.ticket).joinedload(Ticket.leaf)))
    rises = _rises(page.rows)
    return render_template("desk/notices.html", page=page, notices=[_told(notice) | {"about": _about(notice, rises)} for notice in page.rows])


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


def _rises(rows: Sequence[Notice]) -> dict[str, str]:
    """What rises and where, by the address of the hot issue; nothing for somebody who may not look at them."""
    if not may(actor().roles, "hot_issues"):
        return {}
    found = hot_issues.by_path({notice.path for notice in rows if notice.kind == "hot"})
    return {path: hot_words.title(issue) for path, issue in found.items()}


def _about(notice: Notice, rises: dict[str, str]) -> str:
    """A line beneath a notice without a number; of a ticket that the reader may not see nothing but that he need do nothing."""
    if notice.ticket is not None and not can_see(actor(), notice.ticket):
        return "" if notice.kind in UNNAMED else _("It is no longer with you. You need not do anything.")
    return rises.get(notice.path, "")


def _address(notice: Notice) -> str | None:
    if notice.path:
        return notice.path
    if notice.ticket is None:
        return navigation.address(WAYS[notice.kind]) if notice.kind in WAYS else None
    return ticket_url(notice.ticket) if can_see(actor(), notice.ticket) else None

"""What was said between the retailer and us, as the retailer may read it: never notes, never who else is at work."""
from flask import url_for
from flask_babel import gettext as _

from core.i18n import pick, when
from portal.case import Case
from tickets.models import Message

THEIRS = ("in", "out")


def thread(case: Case) -> list[dict]:
    """Everything they wrote and we wrote to them, the oldest first; before the job has run, their own words."""
    if case.ticket is None:
        return [_entry(case, _("You"), case.received_at, case.raw.get("text", ""), case.attachments)]
    return [_entry(case, _("You") if m.kind == "in" else _("We"), m.at, m.body, m.attachments if m.kind == "in" else ())
            for m in case.ticket.messages if m.kind in THEIRS]


def _entry(case: Case, author: str, at, body: str, attachments) -> dict:
    photos = [(a.filename, url_for("public.photo", token=case.token, photo_id=a.id)) for a in attachments]
    return {"author": author, "when": when(at), "body": body, "photos": photos}


def answer(case: Case) -> dict | None:
    """The answer of this round with who gives it: the handler and the team, nobody for sealed and anonymous ones."""
    ticket = case.ticket
    if ticket is None or ticket.state not in ("answered", "closed", "declined", "transferred"):
        return None
    said = _last(case, {"answered": "answer", "closed": "answer", "declined": "decline", "transferred": "transfer"}[ticket.state])
    if said is None:
        return None
    by = [ticket.assignee.name if ticket.assignee else "", pick(ticket.team.name_zh, ticket.team.name_en) if ticket.team else ""]
    return {"body": said.body, "when": when(said.at), "by": "" if case.nameless else " · ".join(part for part in reversed(by) if part)}


def question(case: Case) -> str | None:
    """What we asked, while we wait for it."""
    if case.ticket is None or case.ticket.state != "needs_info":
        return None
    asked = _last(case, "ask")
    return asked.body if asked else None


def _last(case: Case, purpose: str) -> Message | None:
    return next((m for m in reversed(case.ticket.messages) if m.kind == "out" and m.purpose == purpose), None)

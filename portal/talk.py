"""What was said between the retailer and us, as the retailer may read it: never notes, never who else is at work."""
from flask import url_for
from flask_babel import gettext as _

from core.i18n import pick, when
from portal.case import Case
from tickets.fitting import TOGETHER
from tickets.models import Message, Ticket
from tickets.services import replying

THEIRS = ("in", "out")
# Which words of ours are the answer, by the state in which it stands on the page.
GIVEN = {"answered": "answer", "closed": "answer", "declined": "decline", "transferred": "transfer"}


def thread(case: Case) -> list[dict]:
    """Everything they wrote and we wrote to them, the oldest first; before the job has run, their own words."""
    if case.ticket is None:
        return [_entry(case, _("You"), case.received_at, case.raw.get("text", ""), case.attachments)]
    return [_entry(case, _("You") if m.kind == "in" else _("We"), m.at, m.body, m.attachments if m.kind == "in" else ())
            for m in case.messages if m.kind in THEIRS]


def _entry(case: Case, author: str, at, body: str, attachments) -> dict:
    photos = [(a.filename, url_for("public.photo", token=case.token, photo_id=a.id)) for a in attachments]
    return {"author": author, "when": when(at), "body": body, "photos": photos}


def answer(case: Case) -> dict | None:
    """The answer of this round with who gives it: whoever wrote it and the team, nobody for sealed and anonymous ones."""
    if case.ticket is None or case.ticket.state not in GIVEN:
        return None
    said = _last(case, GIVEN[case.ticket.state])
    return said and {"body": said.body, "when": when(said.at), "by": "" if case.nameless else _signed(case.ticket, said)}


def earlier(case: Case) -> list[dict]:
    """The answers of the rounds that are over, the newest first: what stands on the page as the answer of this round is none of them."""
    if case.ticket is None or not case.ticket.redos:
        return []
    given = [m for m in case.messages if m.kind == "out" and m.purpose == "answer"]
    past = given[:-1] if case.ticket.state in GIVEN else given
    return [{"body": m.body, "when": when(m.at)} for m in reversed(past)]


def _signed(ticket: Ticket, said: Message) -> str:
    # Who let it go out stays inside: the retailer talks with the one who knows the matter, as the answer itself says.
    hands, to_many = replying.hands(ticket).get(said.dedupe_key), (said.dedupe_key or "").startswith(TOGETHER)
    name = hands.author if hands else ticket.assignee.name if ticket.assignee and not to_many else ""  # what many were answered no handler wrote
    team = pick(ticket.team.name_zh, ticket.team.name_en) if ticket.team else ""
    return " · ".join(part for part in (team, name) if part)


def question(case: Case) -> str | None:
    """What we asked, while we wait for it."""
    if case.ticket is None or case.ticket.state != "needs_info":
        return None
    asked = _last(case, "ask")
    return asked.body if asked else None


def _last(case: Case, purpose: str) -> Message | None:
    return next((m for m in reversed(case.messages) if m.kind == "out" and m.purpose == purpose), None)

"""The road of a case, step by step: what is behind, where it stands, what comes when."""
from types import SimpleNamespace

from flask_babel import gettext as _

from core import clock, organisation
from core.db import db
from core.i18n import day_hour, pick, when
from portal import words
from portal.case import Case
from tickets import sla
from tickets.models import Promise
from tickets.services import clocks
from tickets.values import expected_answer

DONE, NOW, LATER = "is-done", "is-now", ""
# How far along the road a state stands; a question of ours stands where it was asked.
RANK = {"received": 1, "dispatched": 2, "in_progress": 3, "in_review": 3, "answered": 4, "closed": 5}


def _step(label: str, note: str = "", css: str = LATER) -> dict:
    return {"label": label, "when": note, "css": css}


def ahead(case: Case) -> list[dict]:
    """What happens next, for the receipt: each step with its time."""
    usual = _usual(case)
    first = _step(_("We look at what it is about"), _("until %(time)s", time=day_hour(_after(usual, "triage"))), NOW)
    if case.is_report:
        return [first, _step(_("It goes to the people who check such reports")), _checked()]
    contact = _("until %(time)s", time=day_hour(_after(usual, "triage", "contact")))
    called = _step(_("It goes to the people who know the matter")) if case.anonymous else \
        _step(_("It goes to the people who know the matter, and they get in touch with you"), contact)
    return [first, called, _answer_by(expected_answer(usual)), _settled()]


def steps(case: Case) -> list[dict]:
    """The road so far and the road ahead, for the tracking page."""
    ticket = case.ticket
    received = _step(_("We received what you told us"), when(case.received_at), DONE)
    if ticket is None:
        return [received, *ahead(case)]
    ended = ticket.state in words.ENDINGS and ticket.state != "closed"
    rank = 9 if ended else RANK[ticket.return_state or ticket.state]
    road = [received, *_looked_at(case, rank), *_handed_on(case, rank), *_touched(ticket), *_again(ticket), *_asked(ticket)]
    if ended:
        return [*road, _step(str(words.ENDINGS[ticket.state]), when(ticket.ended_at), DONE)]
    return [*road, *_answered(case, rank), *_promised(case), *_closed(case, rank)]


def _css(rank: int, mine: int) -> str:
    return DONE if rank > mine else NOW if rank == mine else LATER


def _looked_at(case: Case, rank: int) -> list[dict]:
    ticket = case.ticket
    if rank > 1:
        return [_step(_("We looked at what it is about"), when(ticket.dispatched_at), DONE)] if ticket.dispatched_at else []
    if ticket.state == "needs_info":
        return []
    due = next((c.due_at for c in clocks.running(ticket, "triage")), None)
    return [_step(_("We look at what it is about"), _until(due), NOW)]


def _handed_on(case: Case, rank: int) -> list[dict]:
    ticket = case.ticket
    if rank > 2 and ticket.dispatched_at is None:
        return []  # answered at once, or ended before anybody got it
    css = _css(rank, 2)
    return [_step(_with_whom(case, css), when(ticket.signed_at or ticket.dispatched_at) if css != LATER else "", css)]


def _with_whom(case: Case, css: str) -> str:
    ticket = case.ticket
    if css == LATER:
        return _("It goes to the people who know the matter")
    if case.nameless or ticket.team is None:
        return _("It is with the people who know the matter")
    team = pick(ticket.team.name_zh, ticket.team.name_en)
    if ticket.signed_at is None or ticket.assignee is None:
        return _("It is with %(team)s", team=team)
    return _("It is with %(name)s, %(team)s", name=ticket.assignee.name, team=team)


def _touched(ticket) -> list[dict]:
    return [_step(_("We got in touch with you"), when(ticket.contacted_at), DONE)] if ticket.contacted_at and ticket.dispatched_at else []


def _again(ticket) -> list[dict]:
    return [_step(_("You told us that it was not solved, so we handle it again"), "", DONE)] if ticket.redos else []


def _asked(ticket) -> list[dict]:
    if ticket.state != "needs_info":
        return []
    due = next((c.due_at for c in clocks.running(ticket, "info")), None)
    return [_step(_("We asked you something and wait for your answer"), _until(due), NOW)]


def _answered(case: Case, rank: int) -> list[dict]:
    ticket = case.ticket
    if rank >= 4:
        return [_step(_("We answered you"), when(ticket.answered_at), DONE)]
    if case.is_report:
        return [_checked(_css(rank, 3))]
    label = _("The answer is written and is being checked") if ticket.state == "in_review" else _("We find out what happened and answer you")
    css = NOW if rank == 3 and ticket.state != "needs_info" else LATER
    return [_answer_by(_answer_due(ticket), label, css)]


def _answer_due(ticket):
    return next((c.due_at for c in clocks.running(ticket, "resolve") if c.paused_at is None), None if ticket.state == "needs_info" else expected_answer(ticket))


def _answer_by(due, label: str | None = None, css: str = LATER) -> dict:
    label = label or _("We find out what happened and answer you")
    if due is None:
        return _step(label, _("The time runs on when we have your answer."), css)
    if due < clock.now():
        return _step(label, _("This should have been done by %(time)s. We are late; you may call us about it.", time=day_hour(due)), css)
    return _step(label, _("until %(time)s. If it takes longer, we tell you the reason first.", time=day_hour(due)), css)


def _checked(css: str = LATER) -> dict:
    return _step(_("It is checked. We tell you what the law allows us to tell"), "", css)


def _promised(case: Case) -> list[dict]:
    rows = db.session.scalars(db.select(Promise).filter_by(ticket_id=case.ticket.id).order_by(Promise.due_at))
    return [_step(row.text, _promise_note(row), DONE if row.kept is not None else LATER) for row in rows]


def _promise_note(row: Promise) -> str:
    if row.kept is None:
        return _("We promised this by %(time)s.", time=day_hour(row.due_at))
    return _("We promised it and kept it.") if row.kept else _("We promised it and did not keep it.")


def _closed(case: Case, rank: int) -> list[dict]:
    if case.is_report and rank < 4:
        return []
    ticket = case.ticket
    if ticket.state == "closed":
        return [_step(str(words.ENDINGS["closed"]), when(ticket.ended_at), DONE)]
    if ticket.state != "answered":
        return [_settled()]
    if ticket.accepted:
        return [_step(_("You said that it is solved"), "", DONE), _step(_("Settled"), _("A manager looks at it once more."))]
    return [_step(_("You say whether that settles it"), "", NOW), _settled()]


def _settled() -> dict:
    return _step(_("Settled"), _("Only when you say that it is solved. If not, we handle it again."))


def _until(due) -> str:
    return _("until %(time)s", time=day_hour(due)) if due and due >= clock.now() else ""


def _usual(case: Case):
    # Before the job has run nobody knows more than when it came: then the times of an ordinary case are said.
    return case.ticket or SimpleNamespace(received_at=case.received_at, severity="S3", support_needs=False, retailer=None)


def _after(usual, *kinds: str):
    at = usual.received_at
    for kind in kinds:
        span = clocks.span_for(usual, kind)
        at = sla.after(organisation.calendar(), at, span) if span else at
    return at

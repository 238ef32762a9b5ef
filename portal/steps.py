"""The road of a case, step by step: what is behind, where it stands, what comes when."""
from flask_babel import gettext as _

from core import clock
from core.db import db
from core.i18n import day_hour, pick, when
from portal import rounds, words
from portal.ahead import DONE, LATER, NOW, ahead, answer_by, checked, settled, step
from portal.case import Case
from tickets import plain
from tickets.models import Promise
from tickets.services import clocks, conversation

# How far along the road a state stands; a question of ours stands where it was asked.
RANK = {"received": 1, "dispatched": 2, "in_progress": 3, "in_review": 3, "answered": 4, "closed": 5}


def steps(case: Case) -> list[dict]:
    """The road so far and the road ahead, for the tracking page."""
    ticket = case.ticket
    received = step(_("We received what you told us"), when(case.received_at), DONE)
    if ticket is None:
        return [received, *ahead(case)]
    ended = ticket.state in words.ENDINGS and ticket.state != "closed"
    rank = 9 if ended else RANK[ticket.return_state or ticket.state]
    road = [received, *_looked_at(case, rank), *_before(ticket), *_handed_on(case, rank), *_touched(ticket), *_asked(ticket)]
    if ended:
        return [*road, step(str(words.ENDINGS[ticket.state]), when(ticket.ended_at), DONE)]
    settled_ones, held = _promised(case)
    # What is still owed after the end stands behind it: closing takes no promise back.
    after = [*_closed(case, rank), *held] if ticket.state == "closed" else [*held, *_closed(case, rank)]
    return [*road, *_answered(case, rank), *settled_ones, *after]


def _css(rank: int, mine: int) -> str:
    return DONE if rank > mine else NOW if rank == mine else LATER


def _looked_at(case: Case, rank: int) -> list[dict]:
    ticket = case.ticket
    if rank > 1:
        return [step(_("We looked at what it is about"), when(ticket.dispatched_at), DONE)] if ticket.dispatched_at else []
    if ticket.state == "needs_info":
        return []
    due = next((c.due_at for c in clocks.running(ticket, "triage")), None)
    return [step(_("We look at what it is about"), _until(due), NOW)]


def _handed_on(case: Case, rank: int) -> list[dict]:
    ticket = case.ticket
    if ticket.state in words.ENDINGS and ticket.state != "closed":
        return _went(ticket)
    if rank > 2 and ticket.dispatched_at is None and not ticket.redos:
        return []  # answered at once, or ended before anybody got it
    css = _css(rank, 2)
    return [step(_with_whom(case, css), when(_got_it_at(ticket)) if css != LATER else "", css)]


def _went(ticket) -> list[dict]:
    # Nobody has it any more.
    if not ticket.dispatched_at or ticket.redos:
        return []
    return [step(_("It went to the people who know the matter"), when(ticket.dispatched_at), DONE)]


def _got_it_at(ticket):
    # Who goes on with it got it anew when it was begun anew.
    return max((at for at in (ticket.signed_at or ticket.dispatched_at, rounds.anew(ticket)) if at), default=None)


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
    if not (ticket.contacted_at and (ticket.dispatched_at or ticket.redos)):
        return []
    # What was written at night and waits for the morning has not reached anybody by telephone yet.
    reached = [m.at for m in ticket.messages if m.author_id and m.at >= ticket.contacted_at and conversation.has_gone_out(m)]
    return [step(_("We got in touch with you"), when(min(reached)), DONE)] if reached else []


def _before(ticket) -> list[dict]:
    handed = ticket.redos and ticket.dispatched_at
    first = [step(_("It went to the people who know the matter"), when(ticket.dispatched_at), DONE)] if handed else []
    return [*first, *rounds.over(ticket)]


def _asked(ticket) -> list[dict]:
    if ticket.state != "needs_info":
        return []
    due = next((c.due_at for c in clocks.running(ticket, "info")), None)
    return [step(_("We asked you something and wait for your answer"), _until(due), NOW)]


def _answered(case: Case, rank: int) -> list[dict]:
    ticket = case.ticket
    if rank >= 4:
        return [step(_("We answered you"), when(ticket.answered_at), DONE)]
    if case.is_report:
        return [checked(_css(rank, 3))]
    if ticket.state == "in_review":
        written = step(_("The answer is written"), when(rounds.written_at(ticket)), DONE)
        return [written, answer_by(plain.answer_by(ticket), _("A second person checks it before you get it"), NOW)]
    css = NOW if rank == 3 and ticket.state != "needs_info" else LATER
    return [answer_by(plain.answer_by(ticket), css=css)]


def _promised(case: Case) -> tuple[list[dict], list[dict]]:
    """The promises that are settled, and those that are still to be kept."""
    rows = list(db.session.scalars(db.select(Promise).filter_by(ticket_id=case.ticket.id).order_by(Promise.due_at)))
    over = case.ticket.state == "closed"
    return ([step(row.text, _settled_note(row), DONE) for row in rows if row.kept is not None],
            [step(row.text, _held_note(row, over), LATER) for row in rows if row.kept is None])


def _held_note(row: Promise, over: bool) -> str:
    if row.due_at < clock.now():
        return _("This should have been done by %(time)s. We are late; you may call us about it.", time=day_hour(row.due_at))
    if over:
        return _("We promised this by %(time)s. That still holds.", time=day_hour(row.due_at))
    return _("We promised this by %(time)s.", time=day_hour(row.due_at))


def _settled_note(row: Promise) -> str:
    how = _("We promised it and kept it.") if row.kept else _("We promised it and did not keep it.")
    return " · ".join(part for part in (when(row.settled_at), how) if part)


def _closed(case: Case, rank: int) -> list[dict]:
    if case.is_report and rank < 4:
        return []
    ticket = case.ticket
    said = [step(_("You said that it is solved"), when(rounds.accepted_at(ticket)), DONE)] if ticket.accepted else []
    if ticket.state == "closed":
        return [*said, *rounds.silent(ticket), step(str(words.ENDINGS["closed"]), when(ticket.ended_at), DONE)]
    if ticket.state != "answered":
        return [settled()]
    if said:
        return [*said, step(_("Settled"), _("After one last check."))]
    return [step(_("You say whether that settles it"), "", NOW), settled()]


def _until(due) -> str:
    return _("until %(time)s", time=day_hour(due)) if due and due >= clock.now() else ""

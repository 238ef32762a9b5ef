"""How each state of a case is said to a shop owner, on his page, by text and on the telephone: a headline, and what it means for him."""
from flask_babel import lazy_gettext as _l

from core.audit import AuditEntry, Did
from core.db import db
from tickets.models import Ticket
from tickets.services import closing
from tickets.values import answer_due

HEADLINES = {
    "received": (_l("We have it"), _l("We are looking at what it is about, and who can settle it.")),
    "needs_info": (_l("We need something from you"), _l("Please answer our question below. We go on as soon as we have it.")),
    "dispatched": (_l("It is with the people who know the matter"), _l("They will be in touch with you.")),
    "in_progress": (_l("Somebody is working on it"), _l("We find out what happened, then we answer you here.")),
    "in_review": (_l("The answer is being checked"), _l("It is written. A second person reads it before you get it.")),
    "answered": (_l("We have answered. Is it right?"), _l("Please read our answer and tell us whether that settles it.")),
    "accepted": (_l("You said that it is solved"), _l("Thank you. After one last check it is settled.")),
    "closed": (_l("Settled"), _l("This matter is settled. If something is not right after all, tell us below.")),
    "over": (_l("Settled"), _l("This matter is settled. If something new happens, tell us as a new matter.")),
    "merged": (_l("Joined with your other case"), _l("You told us about the same thing twice, so we settle both together.")),
    "declined": (_l("We cannot settle this one"), _l("Below is the reason, and who can help you.")),
    "transferred": (_l("Passed on to another office"), _l("Below is who looks after it now.")),
    "withdrawn": (_l("You took this back"), _l("Nothing more is done about it. You can tell us again at any time.")),
}
# A case that is handled again because the retailer said so, and one that we began anew by ourselves.
AGAIN = {
    "dispatched": (_l("We handle it again"), _l("You said that it was not solved. Somebody else looks at it now.")),
    "in_progress": (_l("We handle it again"), _l("You said that it was not solved. We look at what is missing, then we answer you here.")),
}
AGAIN_BY_US = {
    "dispatched": (_l("We handle it again"), _l("We looked at it once more and are not content with it yet. Somebody else looks at it now.")),
    "in_progress": (_l("We handle it again"), _l("We looked at it once more and are not content with it yet. We look further, then we answer you.")),
}
REPORT = {
    "received": (_l("We have your report"), _l("Only the few people who are responsible for reports can read it.")),
    "dispatched": (_l("Your report has been passed on"), _l("It is with the people who check such reports.")),
    "in_progress": (_l("Your report is being checked"), _l("We tell you here what the law allows us to tell.")),
}
WORKED_ON = ("received", "dispatched", "in_progress", "in_review")


def headline(ticket: Ticket | None, report: bool = False) -> tuple[str, str]:
    """How far a case is: a title and the sentence beneath. None is one whose job has not made a ticket yet."""
    state = mood(ticket) if ticket else "received"
    again = _again(ticket).get(state) if ticket and ticket.redos else None
    title, lead = again or (REPORT.get(state) if report else None) or HEADLINES[state]
    return str(title), str(lead)


def mood(ticket: Ticket) -> str:
    """The state of a ticket as its retailer feels it: solved as he said, or settled for good."""
    if ticket.state == "answered" and ticket.accepted:
        return "accepted"
    if ticket.state == "closed" and not closing.redo_open(ticket):
        return "over"
    return ticket.state


def answer_by(ticket: Ticket):
    """By when the retailer has his answer; None once he has it, while we wait for him, and for a report, to which none is promised."""
    if ticket.state not in WORKED_ON or ticket.type == "report":
        return None
    return answer_due(ticket)


def begun_by_retailer(ticket: Ticket) -> bool:
    """True if the present round began because the retailer said so: he rejected the answer, or gave a low score for it."""
    moved = db.select(AuditEntry).filter_by(ticket_id=ticket.id, action=Did.TICKET_MOVED.value).order_by(AuditEntry.id.desc())
    last = db.session.scalar(moved.where(AuditEntry.detail["event"].astext == "redo").limit(1))
    return last is not None and last.actor_kind == "retailer"


def _again(ticket: Ticket) -> dict:
    return AGAIN if begun_by_retailer(ticket) else AGAIN_BY_US

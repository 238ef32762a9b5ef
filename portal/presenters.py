"""What the retailer's pages show of a case: headline, what can be done, what was told."""
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from core.phone import mask
from portal import own
from portal.ahead import ahead
from portal.case import Case
from portal.steps import steps
from tickets import plain
from tickets.services import closing, urging

__all__ = ["Headline", "ahead", "beside", "continued", "headline", "may", "steps", "told"]


@dataclass(frozen=True)
class Headline:
    """The title of the tracking page and the sentence beneath."""

    title: str
    lead: str


def headline(case: Case) -> Headline:
    """How far the case is, in plain words."""
    return Headline(*plain.headline(case.ticket, report=case.is_report))


def continued(case: Case) -> list[Case]:
    """The new cases that were made of words which came after this one had ended."""
    return [Case(None, later) for later in own.continued(case.ticket)] if case.ticket else []


def beside(case: Case) -> list[Case]:
    """The other matters that were told in the same words, each with a number of its own."""
    return [Case(None, other) for other in own.beside(case.ticket)] if case.ticket else []


def may(case: Case) -> dict[str, bool]:
    """What the retailer can do now."""
    ticket = case.ticket
    if ticket is None:
        return dict.fromkeys(("add", "accept", "reject", "rate", "withdraw", "urge"), False)
    again = closing.redo_open(ticket)
    return {"add": ticket.is_open, "accept": ticket.state == "answered" and not ticket.accepted, "reject": again,
            "rate": again, "withdraw": ticket.is_open and ticket.state != "answered", "urge": urging.may_urge(ticket)}


def told(case: Case) -> list[tuple[str, str]]:
    """What the form said, the story first, as label and value; what was left empty is not listed."""
    raw, photos = case.raw, len(case.attachments)
    rows = (
        (_("What happened?"), raw.get("text")),
        (_("Shop"), raw.get("shop")),
        (_("Name"), raw.get("name")),
        (_("Phone"), raw.get("phone") and mask(raw["phone"])),
        (_("E-mail"), raw.get("email")),
        (_("When"), raw.get("occurred")),
        (_("Order"), raw.get("order_no")),
        (_("Photos"), ngettext("%(num)s photo", "%(num)s photos", photos) if photos else None),
        (_("Your wish"), raw.get("wish")),
    )
    return [(label, value) for label, value in rows if value]

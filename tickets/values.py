"""What a standard answer may say about a ticket without anybody typing it."""
from flask_babel import gettext as _

from core import clock, i18n, links, organisation, settings
from tickets import case_number
from tickets.models import Ticket
from tickets.services import clocks


def tracking_url(ticket) -> str:
    """The public tracking address of a ticket or intake record."""
    return links.public(f"/t/{ticket.token}")


def known(ticket: Ticket, lang: str) -> dict:
    """Values by placeholder name, in the retailer's language; what is not known is left out, so that sending refuses."""
    with i18n.spoken(lang):
        found = general() | {
            "case_no": case_number.show(ticket.case_no),
            "shop": (ticket.retailer.shop_name if ticket.retailer else ticket.shop_text) or _("your shop"),
            "contact_name": ticket.contact_name or (ticket.retailer and ticket.retailer.owner_name) or _("shop owner"),
            "handler": ticket.assignee.name if ticket.assignee else None,
            "team": i18n.pick(ticket.team.name_zh, ticket.team.name_en) if ticket.team else None,
            "resolve_due": answer_due(ticket),
            "received_on": ticket.received_at,
            "tracking_url": tracking_url(ticket),
            "order_no": ticket.order_no,
        }
    return {name: value for name, value in found.items() if value}


def general() -> dict:
    """What can be said to anybody, in the language in force: who we are, where to call, the day."""
    return {"org": i18n.pick(settings.get("org_name_zh"), settings.get("org_name_en")), "hotline": settings.get("hotline_number"),
            "today": clock.now()}


def answer_due(ticket: Ticket):
    """When the answer is due: by its clock, else as things usually go."""
    for running in clocks.running(ticket, "resolve"):
        return running.due_at
    return expected_answer(ticket)


def expected_answer(ticket: Ticket):
    """When a ticket that is not dispatched yet should be answered: triage and handling one after the other, from receipt."""
    at = ticket.received_at
    for kind in ("triage", "resolve"):
        span = clocks.span_for(ticket, kind)
        at = clocks.sla.after(organisation.calendar(), at, span) if span else at
    return at

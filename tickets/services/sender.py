"""Who tells a matter, and of which order: what only the double knew goes to the ticket that it is merged into, and comes back when the merge is undone."""
from tickets.models import Ticket
from tickets.services import naming

EMPTY = {"retailer_id": None, "shop_text": "", "contact_name": "", "order_no": ""}  # the facts that are taken along, and what each is without a value


def lacking(ticket: Ticket, into: Ticket) -> list[str]:
    """Which facts `into` does not have and `ticket` has; none where one of the two is anonymous."""
    if ticket.anonymous or into.anonymous:
        return []
    return [name for name in EMPTY if getattr(ticket, name) and not getattr(into, name)]


def take(ticket: Ticket, into: Ticket, names: list[str]) -> None:
    """Put what was lacking into `into`, while its thread still holds its own words only: of the double's it was decided whom they mean."""
    for name in names:
        setattr(into, name, getattr(ticket, name))
    if "retailer_id" in names:
        into.retailer = ticket.retailer
        for message in into.messages:
            if message.kind == "in":
                naming.read(into, message.body)  # now it is known who serves the shop


def give_back(ticket: Ticket, into: Ticket, names: list[str]) -> None:
    """`into` knows only what it knew by itself; what a person has changed since stays."""
    unchanged = [name for name in names if getattr(into, name) == getattr(ticket, name)]
    for name in unchanged:
        setattr(into, name, EMPTY[name])
    if "retailer_id" in unchanged:
        into.retailer = None

"""By what two tickets were found to be of one sender (`queries.same_sender` says it to the database), told to whoever decides about them."""
import re

from tickets.models import Ticket

SIGNS = re.compile(r"[\W_]+")


def found_by(one: Ticket, other: Ticket) -> list[str]:
    """Codes: "shop" of the register, or else all that hold of "number", "order" and "name", the name as it was typed."""
    if one.retailer_id and one.retailer_id == other.retailer_id:
        return ["shop"]
    alike = {"number": one.contact_phone and one.contact_phone == other.contact_phone, "order": _same(one.order_no, other.order_no),
             "name": not one.retailer_id and not other.retailer_id and _same(one.shop_text, other.shop_text)}
    return [code for code, holds in alike.items() if holds]


def names_differ(one: Ticket, other: Ticket) -> bool:
    """Does each of the two name a shop, and not the same? A licence number in the place of a name says nothing about that."""
    names = [_bare(ticket.retailer.shop_name if ticket.retailer else ticket.shop_text) for ticket in (one, other)]
    return "shop" not in found_by(one, other) and all(name and not name.isdecimal() for name in names) and names[0] != names[1]


def _same(one: str, other: str) -> bool:
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return SIGNS.sub("", name).lower()

"""What one shop's card shows to one reader: who it is, who serves it, whether it wants messages, its tickets."""
from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import not_, select, true

from accounts.models import User
from core import phone
from core.actor import Actor
from core.audit import AuditEntry, Did
from core.db import db
from desk.admin.retailer_form import SERVING
from desk.lists import rows
from desk.shown import words
from retailers import queries, serving
from retailers.models import SERVING_ROLES, OptOut, Retailer
from tickets.models import Ticket
from tickets.queries import seen_by

TICKETS_SHOWN = 20


def card(shop: Retailer, reader: Actor, shown: Callable[[str], str]) -> dict:
    """The variables of templates/desk/retailer.html; `shown` writes the number, masked or in full."""
    tickets = db.session.scalars(_tickets(reader, shop).options(*rows.LOADED).limit(TICKETS_SHOWN)).all()
    number = shown(shop.phone) if shop.phone else ""
    return {"shop": shop, "number": number, "revealed": shown is not phone.mask, "serving": _serving(shop), "served": _served(shop), "opt_outs": _opt_outs(shop, number),
            "service_class": words.SERVICE_CLASSES[shop.service_class], "value_class": words.VALUE_CLASSES.get(shop.value_class, shop.value_class),
            "tickets": [rows.row(ticket, reader) for ticket in tickets]}


def _tickets(reader: Actor, shop: Retailer):
    """On a shop's own card even a ticket without a name would say who wrote it."""
    known = not_(Ticket.confidential) if not reader.has("hotline", "compliance") else true()
    return seen_by(reader).where(Ticket.retailer_id == shop.id, known).order_by(Ticket.received_at.desc())


def _serving(shop: Retailer) -> list[tuple[object, str]]:
    ids = {role: getattr(shop, f"{role}_id") for role in SERVING_ROLES}
    names = dict(db.session.execute(select(User.id, User.name).where(User.id.in_(filter(None, ids.values())))).all())
    return [(SERVING[role], names[user_id]) for role, user_id in ids.items() if user_id]


def _served(shop: Retailer) -> list[dict]:
    """Who served it before, in which role and until when."""
    rows = serving.former(shop)
    names = dict(db.session.execute(select(User.id, User.name).where(User.id.in_({row.user_id for row in rows}))).all())
    return [{"name": names[row.user_id], "role": SERVING[row.role], "until": row.until} for row in rows]


def _opt_outs(shop: Retailer, number: str) -> list[dict]:
    """Whether messages go to the number and to the address of the shop."""
    ways = [("phone", _("Telephone"), shop.phone, number), ("email", _("E-mail"), shop.email, shop.email)]
    return [{"what": what, "label": label, "shown": told} | _wish(queries.opt_out_of(address)) for what, label, address, told in ways if address]


def _wish(out: OptOut | None) -> dict:
    """Since when no messages are wanted, how we know and from whom; and whether the carrier stops them as well."""
    if out is None:
        return {"out": None}
    return {"out": out, "source": words.OPT_OUT_SOURCES.get(out.source, out.source), "by": _entered_by(out),
            "blocked": out.source in words.BLOCKED_AT_CARRIER}


def _entered_by(out: OptOut) -> str:
    """The member of staff who entered it, as the audit trail tells: its first entry for this number since then."""
    trace = select(AuditEntry).where(AuditEntry.action == Did.OPT_OUT_SET.value, AuditEntry.target == phone.mask(out.address), AuditEntry.at >= out.since)
    entry = db.session.scalar(trace.order_by(AuditEntry.id).limit(1))
    return entry.actor_name if entry and entry.actor_kind == "staff" else ""

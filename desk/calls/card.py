"""The caller's card: his shop, who serves it, open tickets, last contacts, promises; as this reader may know them."""
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core import phone
from core.actor import Actor
from core.db import db
from core.i18n import day, when
from desk.calls.words import OUTCOMES
from desk.lists.rows import LOADED
from desk.shown import presenters as show
from desk.shown import words
from desk.triage.matter import SERVING
from hotline.models import Call
from hotline.taking import drafts, queries
from retailers import queries as register
from retailers.models import SERVING_ROLES, Retailer
from tickets import access
from tickets import queries as tickets
from tickets.lifecycle import OPEN
from tickets.models import Message, Promise, Ticket
from tickets.services.conversation import UNSENT
from triage import queries as readings

FEW = 5
# What was heard or has left the house; words that wait for the morning are no contact yet.
SPOKEN = or_(Message.kind.in_(("in", "call")), (Message.kind == "out") & Message.delivery.not_in(UNSENT))


def card(call: Call, actor: Actor, revealed: bool = False) -> dict:
    """What stands above the conversation; the number is masked unless it was asked for."""
    shop = queries.shop_of(call)
    matters = open_tickets(call, shop, actor)
    return {"shop": shop, "facts": _facts(shop) if shop else [], "number": _number(call, revealed), "revealed": revealed,
            "choices": _choices(call, shop), "asked": drafts.fields_of(call).get("who", ""), "open": matters,
            "contacts": _contacts(call, shop, actor), "care": bool(shop and shop.support_needs), "promises": _promises(matters),
            "calls": _earlier_calls(call)}


def open_tickets(call: Call, shop: Retailer | None, actor: Actor) -> list[Ticket]:
    """Open tickets of the shop or the number, the newest first."""
    if not (shop or call.caller):
        return []
    query = _his(call, shop, actor).where(Ticket.state.in_(OPEN)).options(*LOADED).order_by(Ticket.received_at.desc())
    return [ticket for ticket in db.session.scalars(query.limit(FEW)) if access.sees_identity(actor, ticket)]


def _his(call: Call, shop: Retailer | None, actor: Actor):
    his = [Ticket.retailer_id == shop.id] if shop else []
    his += [Ticket.contact_phone == call.caller] if call.caller else []
    return tickets.seen_by(actor).where(or_(*his))


def _facts(shop: Retailer) -> list[tuple]:
    people = {user.id: user.name for user in readings.serving(shop)}
    served = [(SERVING[role], people[key]) for role in SERVING_ROLES if (key := getattr(shop, f"{role}_id")) in people]
    return [(_("Owner"), shop.owner_name), (_("Licence"), _("ends in %(tail)s", tail=shop.licence_no[-4:])), (_("Area"), shop.area),
            (_("Service class"), words.SERVICE_CLASSES[shop.service_class]), *served]


def _number(call: Call, revealed: bool) -> str:
    if not call.caller:
        return ""
    return phone.display(call.caller) if revealed else phone.mask(call.caller)


def _choices(call: Call, shop: Retailer | None) -> list[Retailer]:
    """Shops to choose from: those with the number, and those that fit what was typed."""
    if shop is not None:
        return []
    asked = drafts.fields_of(call).get("who", "").strip()
    found = list(db.session.scalars(register.search(asked).where(Retailer.active).limit(FEW))) if asked else []
    return list(dict.fromkeys([*queries.shops_of(call.caller), *found]))[:queries.FEW]


def _contacts(call: Call, shop: Retailer | None, actor: Actor) -> list[dict]:
    """The last words of his tickets, ours and his."""
    if not (shop or call.caller):
        return []
    seen = _his(call, shop, actor).with_only_columns(Ticket.id)
    rows = db.session.scalars(select(Message).where(Message.ticket_id.in_(seen), SPOKEN).options(
        joinedload(Message.ticket)).order_by(Message.at.desc(), Message.id.desc()).limit(FEW))
    return [{"at": when(row.at), "channel": words.CHANNELS.get(row.channel, row.channel), "ours": row.kind != "in", "subject": row.ticket.subject,
             "href": show.ticket_url(row.ticket)} for row in rows if access.sees_identity(actor, row.ticket)]


def _promises(matters: list[Ticket]) -> list[tuple]:
    rows = db.session.scalars(select(Promise).where(Promise.ticket_id.in_([ticket.id for ticket in matters]), Promise.kept.is_(None))
                              .order_by(Promise.due_at)) if matters else ()
    return [(day(row.due_at), row.text) for row in rows]


def _earlier_calls(call: Call) -> list[str]:
    """The number's last calls, this one left out."""
    if not call.caller:
        return []
    rows = db.session.scalars(select(Call).where(Call.caller == call.caller, Call.id != call.id, Call.began_at <= call.began_at)
                              .order_by(Call.began_at.desc()).limit(FEW))
    return [f"{when(row.began_at)} {OUTCOMES.get(row.outcome, '')}".strip() for row in rows]

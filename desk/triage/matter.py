"""The card of a new matter: who it is from and how it came, as this reader may know it."""
from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.actor import Actor
from core.db import db
from core.files import IMAGE_TYPES, Attachment
from desk.shown import doubles, words
from desk.shown import presenters as show
from hotline.texts import placing
from hotline.texts import queries as text_queries
from intake.models import IntakeRecord
from retailers.models import SERVING_ROLES
from tickets import access, case_number
from tickets import queries as tickets
from tickets.models import Message, Ticket
from tickets.services import closing
from triage import queries

CONTINUE_KEYS = ("G", "H", "I")
SERVING = {"account_manager": _l("Account manager"), "tele_orderer": _l("Order taker"), "deliverer": _l("Delivery"), "inspector": _l("Inspector")}


@dataclass(frozen=True)
class Candidate:
    """A matter into which a text may go, the key for that, and whether it would be opened again."""

    ticket: Ticket
    key: str
    again: bool


def card(ticket: Ticket, actor: Actor) -> dict:
    """What stands beside the words: number, channel, tags, facts about the sender."""
    return {"number": case_number.show(ticket.case_no), "channel": words.CHANNELS[ticket.channel], "tags": _tags(ticket),
            "facts": _facts(ticket, actor), "served": _served(ticket, actor)}


def others(ticket: Ticket, actor: Actor) -> dict:
    """Other matters of the same retailer; none for whoever may not know who it is."""
    if not access.sees_identity(actor, ticket):
        return {"doubles": [], "earlier": [], "continues": [], "before": None}
    earlier = [other for other in queries.earlier(actor, ticket) if access.sees_identity(actor, other)]
    continues = _continues(ticket, actor)
    offered = {choice.ticket.id for choice in continues if not choice.again}
    return {"doubles": [pair for pair in doubles.pairs(ticket, actor) if pair.ticket.id not in offered], "earlier": earlier, "continues": continues,
            "before": doubles.before(ticket, actor)}


def _continues(ticket: Ticket, actor: Actor) -> list[Candidate]:
    """The matters into which a text may go, as far as this reader may know of them and words can still be put there."""
    named = (tickets.any_by_case_no(case_no) for case_no in ticket.facts.get(placing.MAY_CONTINUE, ()))
    seen = [text_queries.surviving(other) for other in named if other is not None]
    fitting = [other for other in seen if access.sees_identity(actor, other) and (other.is_open or closing.redo_open(other))]
    return [Candidate(other, key, other.state in ("answered", "closed")) for other, key in zip(fitting, CONTINUE_KEYS, strict=False)]


def _tags(ticket: Ticket) -> list[tuple]:
    arrival = db.session.scalar(db.select(IntakeRecord).filter_by(ticket_id=ticket.id, case_no=ticket.case_no))
    suspect = arrival is not None and arrival.raw.get("suspect")
    return [*show.tags(ticket), (_("Perhaps sent by a machine"), "bad")] if suspect else show.tags(ticket)


def _facts(ticket: Ticket, actor: Actor) -> list[tuple]:
    found = [(_("Shop"), show.shop(ticket, actor))]
    if ticket.anonymous or not access.sees_identity(actor, ticket):
        return found
    found += [(_("Speaker"), ticket.contact_name), (_("Telephone"), show.masked_phone(ticket, actor)), (_("E-mail"), ticket.contact_email or "")]
    if ticket.captured_by:
        found.append((_("Entered by"), ticket.captured_by.name))
    return found + _shop_facts(ticket)


def _shop_facts(ticket: Ticket) -> list[tuple]:
    shop, several = ticket.retailer, len(ticket.facts.get("shops", ()))
    if shop is None and several:
        return [(_("Register"), ngettext("%(num)s shop has this number", "%(num)s shops have this number", several))]
    if shop is None:
        return [(_("Register"), _("not found: no shop has this name, licence or number"))]
    return [(_("Owner"), shop.owner_name), (_("Licence"), _("ends in %(tail)s", tail=shop.licence_no[-4:])), (_("Area"), shop.area),
            (_("Service class"), words.SERVICE_CLASSES[shop.service_class])]


def _served(ticket: Ticket, actor: Actor) -> list[tuple]:
    """Who serves the shop, for the question who may be meant."""
    shop = ticket.retailer
    if shop is None or not access.sees_identity(actor, ticket):
        return []
    people = {user.id: user.name for user in queries.serving(shop)}
    return [(SERVING[role], people[user_id]) for role in SERVING_ROLES if (user_id := getattr(shop, f"{role}_id")) in people]


def files(message: Message) -> list[tuple]:
    """The photos of a message for `thread.attachments`."""
    return listed(message.attachments, message.ticket.sealed)


def listed(attachments: list[Attachment], sealed: bool) -> list[tuple]:
    """Files as name, address, size, and whether the picture stands on the page itself.

    Looking at a photo of a sealed ticket leaves a trace; opening the page must not leave it by itself.
    """
    if "desk.file" not in current_app.view_functions:
        return []
    return [(a.filename, url_for("desk.file", file_id=a.id), _("%(size)s KB", size=max(1, a.size // 1024)),
             a.content_type in IMAGE_TYPES.values() and not sealed) for a in attachments]

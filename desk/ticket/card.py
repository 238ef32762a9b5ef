"""Who and what stands beside the thread: the shop as this reader may know it, its earlier tickets, the facts of the matter."""
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import phone
from core.actor import Actor
from core.audit import AuditEntry
from core.db import db
from desk.shown import words
from desk.shown.presenters import masked_phone, shop
from desk.ticket import choices as choices
from desk.ticket import thread as ticket_thread
from desk.triage.matter import SERVING
from retailers.models import SERVING_ROLES
from tickets import access, queries
from tickets.models import Ticket

EARLIER = 5


def names(ticket: Ticket, traces: list[AuditEntry]) -> dict[int, str]:
    """The names of everybody whom the page mentions by number, in one query."""
    serving = {getattr(ticket.retailer, f"{role}_id") for role in SERVING_ROLES} if ticket.retailer else set()
    wanted = {*serving, *ticket.named_ids, *ticket_thread.people_in(traces)} - {None}
    return dict(db.session.execute(db.select(User.id, User.name).where(User.id.in_(wanted))).all()) if wanted else {}


def card(ticket: Ticket, actor: Actor, people: dict[int, str], revealed: bool) -> dict:
    """The retailer: title, facts, number, earlier tickets; almost empty for whoever may not know who it is."""
    known = access.sees_identity(actor, ticket) and not ticket.anonymous
    return {"title": shop(ticket, actor), "hidden": not known and not ticket.anonymous, "facts": _facts(ticket, people) if known else [],
            "number": _number(ticket, actor, revealed) if known else "", "may_reveal": known and bool(ticket.contact_phone) and not revealed,
            "call": ticket.contact_phone if known and revealed else None, "earlier": _earlier(ticket, actor) if known else []}


def _number(ticket: Ticket, actor: Actor, revealed: bool) -> str:
    return phone.display(ticket.contact_phone) if revealed and ticket.contact_phone else masked_phone(ticket, actor)


def _facts(ticket: Ticket, people: dict[int, str]) -> list[tuple]:
    found = [(_("Speaker"), ticket.contact_name), (_("E-mail"), ticket.contact_email or "")]
    shop_row = ticket.retailer
    if shop_row is not None:
        serving = [(SERVING[role], people[key]) for role in SERVING_ROLES if (key := getattr(shop_row, f"{role}_id")) in people]
        found += [(_("Owner"), shop_row.owner_name), (_("Licence"), _("ends in %(tail)s", tail=shop_row.licence_no[-4:])), (_("Area"), shop_row.area),
                  (_("Service class"), words.SERVICE_CLASSES[shop_row.service_class]), *serving]
    if ticket.captured_by:
        found.append((_("Entered by"), ticket.captured_by.name))
    return found


def _earlier(ticket: Ticket, actor: Actor) -> list[Ticket]:
    if ticket.retailer_id is None:
        return []
    query = queries.seen_by(actor).where(Ticket.retailer_id == ticket.retailer_id, Ticket.id != ticket.id)
    if not actor.has("hotline", "compliance"):  # another matter told in confidence must not be found by its shop
        query = query.where(~Ticket.confidential)
    return list(db.session.scalars(query.options(joinedload(Ticket.leaf)).order_by(Ticket.received_at.desc()).limit(EARLIER)))


def facts(ticket: Ticket, people: dict[int, str]) -> list[tuple]:
    """What is known about the matter; empty facts are left out by `ui.facts`."""
    about = _(", ").join(people[key] for key in ticket.named_ids if key in people)
    return [(_("Kind"), words.TYPES[ticket.type]), (_("In his own words"), ticket.wish),
            (_("What he wants"), choices.name("desired_outcome", ticket.desired_outcome)), (_("What is behind it"), ticket.problem),
            (_("Order number"), ticket.order_no), (_("When it happened"), ticket.occurred), (_("Amount of money"), ticket.amount),
            (_("Staff complained about"), about), (_("Outcome"), choices.name("outcome", ticket.outcome)),
            (_("Root cause"), choices.name("root_cause", ticket.root_cause)), (_("Remedy"), choices.name("remedy", ticket.remedy)),
            (_("What lay behind it"), ticket.cause_note), (_("Score"), ticket.score and _("%(score)s of 5", score=ticket.score)),
            (_("Why this score"), ticket.score_reason)]

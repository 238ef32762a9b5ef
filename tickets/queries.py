"""Reading tickets: what an actor may see, in SQL, and the lists of the desk."""
from sqlalchemy import Integer, and_, column, exists, false, func, literal, or_, select, table, true
from sqlalchemy.dialects.postgresql import ARRAY

from catalog.models import Leaf
from core.actor import Actor
from core.db import db
from core.errors import NotFound
from retailers.models import Retailer
from tickets import access, case_number, search
from tickets.models import Message, Ticket

# Named here because transcripts and calls lie above tickets.
TRANSCRIPT = table("transcript", column("intake_id"), column("ticket_id"), column("call_id"), column("confirmed_at"))
CALL = table("call", column("id"), column("intake_id"), column("ticket_id"))


SCANNED = 20_000  # messages read word by word when the index knows nothing: a tenth of a second


def visible(actor: Actor):
    """The SQL of `tickets.access.can_see`: a condition on Ticket."""
    if actor.kind == "system":
        return true()
    if actor.kind != "staff":
        return false()
    restricted = Ticket.leaf_code.in_(select(Leaf.code).where(Leaf.access == "restricted"))
    seen = or_(Ticket.assignee_id == actor.id,
               and_(Ticket.sealed, _sealed(actor)),
               and_(~Ticket.sealed, func.coalesce(restricted, False), _restricted(actor)),
               and_(~Ticket.sealed, ~func.coalesce(restricted, False), _open(actor)))
    return and_(~kept_from(actor), func.coalesce(seen, False))


def kept_from(actor: Actor):
    """The SQL of `tickets.access.kept_from`."""
    return Ticket.named_ids.op("&&", is_comparison=True)(literal([actor.id or 0, *sorted(actor.near)], ARRAY(Integer)))


def _sealed(actor: Actor):
    groups = [func.split_part(Ticket.leaf_code, ".", 1) == group for group, roles in access.SEALED_BY_GROUP.items()
              if not actor.roles.isdisjoint(roles)]
    known = func.split_part(Ticket.leaf_code, ".", 1).in_(access.SEALED_BY_GROUP)
    unknown = or_(Ticket.leaf_code.is_(None), ~known) if not actor.roles.isdisjoint(access.SEALED_UNKNOWN) else false()
    stands_in = and_(Ticket.aside, Ticket.team_id.in_(actor.leads)) if actor.has("manager") else false()
    return func.coalesce(or_(unknown, stands_in, *groups), False)


def _restricted(actor: Actor):
    if not actor.roles.isdisjoint(access.RESTRICTED_ROLES):
        return true()
    early = _undecided() if actor.has("hotline") else false()
    return or_(early, _team(actor), _enforcement(actor))


def _undecided():
    asked = and_(Ticket.state == "needs_info", func.coalesce(Ticket.return_state, "") == "received")
    return or_(Ticket.state == "received", asked)


def _open(actor: Actor):
    if actor.has("hotline", "qa", "admin"):
        return true()
    manages = or_(Ticket.team_id.is_(None), Ticket.team_id.in_(actor.leads)) if actor.has("manager") else false()
    copied = Ticket.leaf_code.in_(select(Leaf.code).where(Leaf.compliance_copy))
    copies = or_(Ticket.leaf_code.like("REG.%"), copied) if actor.has("compliance") else false()
    return or_(manages, copies, _team(actor), _enforcement(actor))


def _team(actor: Actor):
    return Ticket.team_id.in_(actor.teams) if actor.has("handler", "manager", "compliance", "liaison") else false()


def _enforcement(actor: Actor):
    return Ticket.leaf_code == "REG.ENFORCE" if actor.has("liaison") else false()


def by_case_no(actor: Actor, case_no: str) -> Ticket:
    """The ticket with this number, if the actor may know of it. NotFound otherwise: sealed does not exist."""
    ticket = db.session.scalar(select(Ticket).where(Ticket.case_no == case_no))
    if ticket is None or not access.can_see(actor, ticket):
        raise NotFound("ticket")
    return ticket


def by_token(token: str) -> Ticket | None:
    """The ticket behind a tracking link."""
    return db.session.scalar(select(Ticket).where(Ticket.token == token))


def due_first(query):
    """What is due first stands first; what has no running clock comes last, the oldest first."""
    return query.order_by(Ticket.due_at.asc().nulls_last(), Ticket.severity, Ticket.received_at)


def seen_by(actor: Actor):
    """A select of the tickets the actor may see."""
    return select(Ticket).where(visible(actor))


def find(actor: Actor, text: str):
    """A select for the search box: case number, phone, shop, name, order number, words."""
    number = case_number.clean(text)
    if number:
        return seen_by(actor).where(Ticket.case_no == number)
    conditions = []
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 4 and len(digits) >= len(text.strip()) - 4 and actor.has("hotline", "manager", "qa", "compliance"):
        # A number leads to the shop, so what is confidential is not found by it.
        shown = Ticket.confidential.is_(False) if not actor.has("hotline", "compliance") else true()
        conditions.append(and_(shown, or_(Ticket.contact_phone.like(f"%{digits[-11:]}"), Ticket.order_no.like(f"{digits}%"),
                                               Ticket.order_no.istartswith(text.strip(), autoescape=True))))
    if len(text) > 1 and actor.has("hotline", "compliance"):
        conditions.append(_confidential_of(text))  # its search words leave out who it is; those who see that find it all the same
    words = search.query(text)
    if words:
        conditions.append(_said(actor, text, words))
    return seen_by(actor).where(or_(*conditions) if conditions else false()).order_by(Ticket.received_at.desc(), Ticket.id.desc())


def _confidential_of(text: str):
    shops = select(Retailer.id).where(or_(Retailer.shop_name.icontains(text, autoescape=True), Retailer.owner_name.icontains(text, autoescape=True)))
    named = or_(Ticket.contact_name.icontains(text, autoescape=True), Ticket.shop_text.icontains(text, autoescape=True))
    return and_(Ticket.confidential, ~Ticket.sealed, or_(named, Ticket.retailer_id.in_(shops)))


def _said(actor: Actor, text: str, words: str):
    """The condition of having these words; if nothing has them, of having the text as it stands within the newest messages.

    Chinese is cut into words by what stands around them, so that a word alone may be cut otherwise than in its sentence.
    """
    indexed = Ticket.search_vector.op("@@")(func.to_tsquery("simple", words))
    if db.session.scalar(select(select(Ticket.id).where(visible(actor), indexed).exists())):
        return indexed
    newest = select(Message.ticket_id, Message.body).order_by(Message.id.desc()).limit(SCANNED).subquery()
    return and_(~Ticket.sealed, Ticket.id.in_(select(newest.c.ticket_id).where(newest.c.body.icontains(text, autoescape=True))))


def any_by_case_no(case_no: str) -> Ticket | None:
    """The ticket with this number, for machines; people go through `by_case_no`."""
    return db.session.scalar(select(Ticket).where(Ticket.case_no == case_no))


def unconfirmed(ticket_id):
    """A condition: a transcript of this ticket (an id, or Ticket.id) still has doubtful words. It follows the words when tickets are merged."""
    said = select(Message.intake_id).where(Message.ticket_id == ticket_id, Message.intake_id.is_not(None))
    calls = select(CALL.c.id).where(or_(CALL.c.ticket_id == ticket_id, CALL.c.intake_id.in_(said)))
    own = or_(TRANSCRIPT.c.ticket_id == ticket_id, TRANSCRIPT.c.intake_id.in_(said), TRANSCRIPT.c.call_id.in_(calls))
    return exists().where(TRANSCRIPT.c.confirmed_at.is_(None), own)


def has_unconfirmed(ticket: Ticket) -> bool:
    """True while a transcript of this ticket has doubtful words that nobody has confirmed."""
    return bool(db.session.scalar(select(unconfirmed(ticket.id))))

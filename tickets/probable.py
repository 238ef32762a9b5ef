"""What a ticket is probably about before anybody has decided: the machine's first proposal, in SQL."""
from sqlalchemy import Integer, String, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import JSONB

from tickets.models import Ticket

# Named here because triage lies above tickets.
PROPOSAL = table("triage_proposal", column("ticket_id", Integer), column("ranking", JSONB))


def leaf():
    """The category of a Ticket, else the likeliest one."""
    proposed = select(PROPOSAL.c.ranking[0]["leaf"].astext).where(PROPOSAL.c.ticket_id == Ticket.id).correlate(Ticket).scalar_subquery()
    return func.coalesce(Ticket.leaf_code, proposed)


def person():
    """What tells one retailer from another: his shop, else the address he writes from; NULL where there is neither."""
    return func.coalesce("shop:" + cast(Ticket.retailer_id, String), Ticket.contact_phone, Ticket.contact_email)

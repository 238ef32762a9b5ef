"""A fresh case number and the secret of its tracking link: no arrival and no ticket has them."""
import secrets
from datetime import datetime

from sqlalchemy import column, exists, func, or_, select, table

from core import organisation
from core.db import db
from tickets import case_number
from tickets.models import Ticket

CROWDED_DAY = 5_000
ARRIVAL = table("intake_record", column("case_no"))  # named here because intake lies above tickets


def case_no(at: datetime) -> str:
    """A number for what came in at an instant. Two who draw at the same moment may draw the same one: the database refuses the second."""
    day = at.astimezone(organisation.zone()).date()
    prefix = case_number.make(day, lambda n: 0)[:case_number.DATE_DIGITS]
    taken = db.session.scalar(select(func.count()).select_from(ARRIVAL).where(ARRIVAL.c.case_no.like(prefix + "%")))
    while True:
        drawn = case_number.make(day, secrets.randbelow, wider=taken > CROWDED_DAY)
        if not _is_taken(drawn):
            return drawn


def token() -> str:
    """What only the link knows."""
    return secrets.token_urlsafe(18)


def _is_taken(number: str) -> bool:
    known = or_(exists().where(Ticket.case_no == number), exists().where(ARRIVAL.c.case_no == number))
    return db.session.scalar(select(known))

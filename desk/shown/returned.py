"""Returns of a ticket in words: why, what speaks for it, what was proposed; and what became of somebody who was proposed."""
from datetime import datetime

from flask_babel import gettext as _

from catalog import queries as catalog
from core.i18n import pick, when
from tickets.models import Ticket
from tickets.returns import TicketReturn
from tickets.services import returning


def of(ticket: Ticket) -> list[dict]:
    """Every return, the newest first."""
    return [_told(row) for row in returning.returns(ticket)]


def proposed(ticket: Ticket, at: datetime) -> dict | None:
    """The last return before an instant that proposed a person, None for none; `id` is that person's."""
    row = next((row for row in returning.returns(ticket) if row.at <= at and row.owner_id), None)
    return {"id": row.owner_id, "name": row.owner.name, "by": row.by.name} if row else None


def reason(code: str) -> str:
    """The name of a reason, also of one that is used no more; the code itself where nobody knows it."""
    row = catalog.code("return_reason", code)
    return pick(row.name_zh, row.name_en) if row else code


def _told(row: TicketReturn) -> dict:
    leaf = pick(row.leaf.name_zh, row.leaf.name_en) if row.leaf else ""
    meant = [*([row.owner.name] if row.owner else []), *([leaf] if leaf else [])]
    return {"at": when(row.at), "by": row.by.name, "reason": reason(row.reason), "evidence": row.evidence,
            "leaf_code": row.leaf_code, "leaf": leaf, "meant": _("Proposed: %(what)s", what=" · ".join(meant)) if meant else ""}

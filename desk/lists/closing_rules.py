"""In which group of the closing desk an answered ticket stands, and what asks for a look, in words (DOMAIN 3.2)."""
from flask_babel import lazy_gettext as _l
from sqlalchemy import case, or_, select

from core import clock
from core.db import db
from satisfaction.closable import CONTENT, FLAGGED, FLAGS, by_rule, silent_before
from tickets.models import Ticket

# What asks for a look: code of satisfaction.closable.FLAGS -> (words, kind of ui.tag).
WORDS = {
    "low": (_l("Low score"), "bad"),
    "undelivered": (_l("Answer not delivered"), "bad"),
    "wrote": (_l("Retailer wrote again"), "bad"),
    "promise": (_l("Promise not kept yet"), "bad"),
    "quality": (_l("Failed the quality check"), "bad"),
    "call": (_l("A call is still to be made"), ""),
    "care": (_l("Special care"), "care"),
    "supervised": (_l("Supervised"), "care"),
    "redone": (_l("Handled again"), ""),
    "sensitive": (_l("Sensitive category"), ""),
    "unproposed": (_l("Outcome or cause missing"), ""),
}
GROUPS = {
    "rule": _l("May be closed by the rule: a light matter that is solved as the retailer says, or no word after two notices"),
    "together": _l("Can be closed together: the retailer is content, and nothing asks for a look"),
    "single": _l("One by one: something asks for a look, or the retailer has said nothing"),
    "waiting": _l("Waiting for the retailer's word"),
}
READY = ("rule", "together")


def group():
    """The SQL that says in which of GROUPS an answered ticket stands."""
    late = or_(Ticket.answered_at < silent_before(), Ticket.due_at < clock.now())
    return case((by_rule(), "rule"), (FLAGGED, "single"), (CONTENT, "together"), (late, "single"), else_="waiting")


def in_group(name: str):
    """The condition that a ticket stands in one group."""
    return lambda actor: group() == name


def order():
    """Groups in the order in which they are shown."""
    return case({name: place for place, name in enumerate(GROUPS)}, value=group())


def read(ids) -> dict[int, dict]:
    """By ticket id: its group and the codes of what asks for a look, in one query."""
    columns = [condition.label(code) for code, condition in FLAGS.items()]
    found = db.session.execute(select(Ticket.id, group().label("group"), *columns).where(Ticket.id.in_(ids)))
    return {row.id: {"group": row.group, "flags": [code for code in FLAGS if getattr(row, code)]} for row in found}

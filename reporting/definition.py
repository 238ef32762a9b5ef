"""What the definition of a figure consists of: which rows it counts, by which time, of which tickets."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, not_

from satisfaction.models import Survey
from satisfaction.queries import NOISE
from tickets.models import Clock, Promise, Ticket
from tickets.returns import TicketReturn

# DOMAIN 3.12: never counted. What was declined as not our matter is: somebody came with it.
LEFT_OUT = ("merged", "withdrawn")
COUNTED = and_(Ticket.state.not_in(LEFT_OUT), Ticket.leaf_code.is_distinct_from(NOISE))


@dataclass(frozen=True)
class Rows:
    """What is counted: tickets, or the rows of a table that hang on them; `unit` names them in the plural."""

    entity: type
    unit: object

    def joined(self, query):
        """The query over tickets, with these rows beside them."""
        query = query.select_from(Ticket)
        return query if self.entity is Ticket else query.join(self.entity, self.entity.ticket_id == Ticket.id)


TICKETS = Rows(Ticket, _l("tickets"))
ROUNDS = Rows(Survey, _l("answers"))
CLOCKS = Rows(Clock, _l("times due"))
PROMISES = Rows(Promise, _l("promises due"))
RETURNS = Rows(TicketReturn, _l("returns"))


@dataclass(frozen=True)
class Definition:
    """One figure.

    It counts the `rows` whose time `at` lies in the period; without `at`, those that fulfil `of` at the period's end. `of` takes that
    moment and gives the condition of everything counted, `part` is the condition of the numerator of a share, `value` the column of a
    mean, `span` the two columns of a time. `sets` are the words of "of", "part" and "rest" for the lists behind the figure; `facts` are
    columns shown there as (label, column), `minutes` those of the unit of a time. `beside` names the figures without which this one must not be read.
    """

    key: str
    kind: str
    name: object
    rows: Rows
    at: object
    of: Callable
    sets: Mapping[str, object]
    formula: object
    source: object
    part: object = None
    value: object = None
    span: tuple = ()
    facts: tuple = ()
    beside: tuple[str, ...] = ()
    caution: object = ""
    minutes: int = 60
    counted: object = COUNTED

    def conditions(self, moment, which: str = "of") -> list:
        """The SQL of one of its sets at `moment`, without the period. KeyError for a set that it does not have."""
        self.sets[which]
        narrower = {"of": (), "part": (self.part,), "rest": (not_(self.part),) if self.part is not None else ()}
        return [self.counted, self.of(moment), *narrower[which]]

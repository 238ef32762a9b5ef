"""The tickets behind a figure: a row for each thing counted, with what made it count."""
from datetime import datetime

from flask import abort, request
from sqlalchemy import Select

from core import i18n
from core.pagination import Page, paginate
from desk.blueprint import actor
from desk.lists import rows as list_rows
from desk.reports.asked import Asked
from reporting import slices
from reporting.definition import Definition
from reporting.definitions import BY_KEY
from reporting.slices import Scope
from tickets.models import Ticket


def definition() -> Definition:
    """The figure named in the address; not found without one."""
    return BY_KEY.get(request.args.get("figure", "")) or abort(404)


def chosen_set(figure: Definition) -> str:
    """The set of the figure named in the address, all of it if none is; not found if the figure has no such set."""
    which = request.args.get("rows", "of")
    return which if which in figure.sets else abort(404)


def query(figure: Definition, scope: Scope, which: str, *columns) -> Select:
    """`columns` of every row of the set, and the columns that made it count; the newest first."""
    facts = [column.label(f"fact_{number}") for number, (_label, column) in enumerate(figure.facts)]
    keys = (figure.at if figure.at is not None else Ticket.received_at).desc(), figure.rows.entity.id
    return slices.rows(figure, scope, (*columns, *facts)).where(*figure.conditions(scope.period.moment, which)).order_by(*keys)


def page(figure: Definition, asked: Asked, which: str) -> tuple[Page, list[dict]]:
    """One page of the list: a ticket that counts twice, once for each answer or promise, stands there twice."""
    found = paginate(query(figure, asked.scope, which, Ticket).options(*list_rows.LOADED), whole_rows=True)
    return found, [list_rows.row(ticket, actor()) | {"facts": [told(fact) for fact in facts]} for ticket, *facts in found.rows]


def told(fact) -> str:
    """A column of the list as people read it."""
    return i18n.when(fact) if isinstance(fact, datetime) else "" if fact is None else str(fact)

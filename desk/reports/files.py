"""What stands in the files: the definition on top, then the table; for tickets no words and no names."""
from collections.abc import Iterator

from flask_babel import gettext as _

from core.db import db
from desk.reports import asked, behind, names
from desk.reports.asked import Asked
from desk.reports.tables import Table
from desk.shown import words
from reporting.definition import Definition
from tickets.models import Ticket

CHUNK = 2000
COLUMNS = (Ticket.id, Ticket.case_no, Ticket.leaf_code, Ticket.severity, Ticket.state, Ticket.channel, Ticket.team_id)


def head(definitions, asked_for: Asked) -> Iterator[list]:
    """What the file is about: figures with their formulas, period, filters, who sees what."""
    for definition in definitions:
        yield [str(definition.name), str(definition.formula), str(definition.source)]
        if definition.caution:
            yield ["", str(definition.caution)]
    yield [str(asked.LABELS["weeks"]), asked.said(asked_for.scope.period)]
    for key, value in asked_for.scope.chosen.items():
        yield [str(asked.LABELS[key]), dict(asked_for.options[key]).get(value, names.missing(key))]
    yield [_("Tickets that you may not see are not counted.")]
    yield []


def of_table(definitions, asked_for: Asked, table: Table) -> Iterator[list]:
    """A table, with the raw numbers."""
    yield from head(definitions, asked_for)
    yield ["", table.label, *table.heads]
    for line in table.lines:
        yield [line.raw, line.label, *(cell.raw if cell.raw is not None else cell.text for cell in line.cells)]


def of_tickets(definition: Definition, asked_for: Asked, which: str) -> Iterator[list]:
    """The rows behind a figure: number, category and dates. Nobody's words or name leaves the house this way."""
    yield from head((definition,), asked_for)
    yield [_("Case number"), _("Category"), _("Severity"), _("State"), _("Channel"), _("Team"), *(str(label) for label, _column in definition.facts)]
    teams = dict(names.options("team"))
    for _id, case_no, leaf, severity, state, channel, team, *facts in _chunks(definition, asked_for, which):
        yield [case_no, leaf, severity, str(words.STATES[state]), str(words.CHANNELS[channel]), teams.get(str(team), ""), *map(_fact, facts)]


def _chunks(definition: Definition, asked_for: Asked, which: str) -> Iterator:
    # Piece by piece, and no transaction open while the network takes its time.
    query = behind.query(definition, asked_for.scope, which, *COLUMNS)
    start = 0
    while True:
        found = db.session.execute(query.limit(CHUNK).offset(start)).all()
        db.session.rollback()
        yield from found
        if len(found) < CHUNK:
            return
        start += CHUNK


def _fact(fact):
    return fact.isoformat(timespec="seconds") if hasattr(fact, "isoformat") else fact

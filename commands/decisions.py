"""flask recompute-routing: every stored decision about who got a ticket, made again from what it kept."""
import json

import click
from sqlalchemy import select

from core.db import db
from routing import services
from routing.models import RoutingDecision
from tickets import case_number
from tickets.models import Ticket

BATCH = 200


@click.command("recompute-routing")
@click.option("--ticket", "case_no", help="Only the decisions about this case.")
def recompute_routing(case_no: str | None) -> None:
    """Make every stored routing decision again from its facts alone and print one line of JSON: how many there are, and which differ.

    Ends with 1 if a decision comes out differently. Claims, what a manager decided, and decisions older than the scores kept nothing to weigh.
    """
    told = {"decisions": 0, "same": 0, "nothing_weighed": 0, "different": []}
    for row in db.session.scalars(_asked(case_no).execution_options(yield_per=BATCH)):
        same = services.same_again(row)
        told["decisions"] += 1
        told["same"] += same is True
        told["nothing_weighed"] += same is None
        if same is False:
            told["different"].append(row.id)
        db.session.expunge(row)
    click.echo(json.dumps(told))
    if told["different"]:
        raise SystemExit(1)


def _asked(case_no: str | None):
    query = select(RoutingDecision).order_by(RoutingDecision.id)
    return query.where(RoutingDecision.ticket_id.in_(select(Ticket.id).where(Ticket.case_no == case_number.clean(case_no)))) if case_no else query

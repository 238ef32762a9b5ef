"""Whom the manager may give a ticket, side by side: the facts that routing would weigh, and who gave it back already."""
from core.actor import Actor
from desk.shown import presenters, returned
from desk.ticket import choices
from routing import queries as routing
from routing.choose import Verdict, judge
from tickets import access
from tickets.models import Ticket
from tickets.services import returning

TELLING = frozenset({"other_area"})  # would tell where a confidential retailer is


def people(ticket: Ticket, actor: Actor) -> list[dict]:
    """Everybody who can be given it by name: certificate, work in hand, score, what speaks against him; first who can take it, by score."""
    names, known = dict(choices.takers(ticket)), access.sees_identity(actor, ticket)
    candidates, basis = routing.facts(ticket)
    verdicts = [judge(one, basis) for one in candidates if str(one.id) in names]
    gave_back = {row.by_id: returned.reason(row.reason) for row in returning.returns(ticket)}
    return [_shown(one, known, gave_back.get(one.candidate.id, "")) for one in sorted(verdicts, key=lambda v: (bool(v.reasons), -v.final))]


def _shown(verdict: Verdict, known: bool, gave_back: str) -> dict:
    told = [code for code in verdict.reasons if (known or code not in TELLING) and not (gave_back and code == "handled_before")]
    one = verdict.candidate
    return {"name": one.name, "level": one.level, "load": f"{one.load:g} / {one.cap:g}", "score": verdict.final, "against": presenters.passed_over(told),
            "gave_back": gave_back}

"""Why this handler: every decision with all candidates, their parts and scores, what was relaxed, and the choice made again."""
from collections.abc import Mapping

from core.actor import Actor
from desk.shown import words
from desk.ticket import aside
from routing import queries as routing_queries
from routing import services
from routing.experience import PARTS
from routing.models import RoutingDecision
from tickets import access
from tickets.models import Ticket

ENOUGH = 5  # scores below which a person's own are not shown (they count, drawn towards those of everybody)


def decisions(ticket: Ticket, actor: Actor) -> list[dict]:
    """Every routing decision, the newest first, as far as this reader may know them."""
    known = access.sees_identity(actor, ticket)
    return [_weighed(row, known) if row.basis else aside.decision(row, known) for row in routing_queries.decisions(ticket)]


def _weighed(row: RoutingDecision, known: bool) -> dict:
    shown = aside.decision(row, known)
    people = [person | _figures(facts, known) for person, facts in zip(shown["people"], row.candidates, strict=True)]
    circumstances = [word for code, word in words.CIRCUMSTANCES.items() if row.basis.get(code)]
    return shown | {"weighed": True, "circumstances": circumstances, "people": people, "relaxed": [words.RELAXED[code] for code in row.relaxed],
                    "columns": _columns(row.basis["weights"]),
                    "same": services.same_again(row)}


def _figures(facts: Mapping, known: bool) -> dict:
    few = facts["record"]["scores"] < ENOUGH
    return {"parts": [None if few and name == "satisfaction" else facts["parts"][name] for name in PARTS],
            "room": facts["load"] / facts["cap"] if facts["cap"] else 1.0, "final": facts["final"],
            "knows_shop": known and facts["record"]["knows_shop"]}


def _columns(weights: Mapping) -> list[dict]:
    """The heads of the parts: the word, and the share of the whole in per cent."""
    total = sum(weights[name] for name in PARTS)
    return [{"label": words.PARTS[name], "share": round(100 * weights[name] / total) if total else 0} for name in PARTS]

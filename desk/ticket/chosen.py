"""Why this handler: every decision with all candidates, their parts and scores, what was relaxed, and the choice made again."""
from collections.abc import Mapping

from flask_babel import gettext as _

from core.actor import Actor
from desk.shown import returned, words
from desk.ticket import aside
from routing import queries as routing_queries
from routing import services
from routing import why as routing_why
from routing.experience import PARTS
from routing.models import RoutingDecision
from tickets import access
from tickets.models import Ticket


def decisions(ticket: Ticket, actor: Actor) -> list[dict]:
    """Every routing decision, the newest first, as far as this reader may know them."""
    known = access.sees_identity(actor, ticket)
    return [_shown(row, known) | {"proposed": _proposed(ticket, row, known)} for row in routing_queries.decisions(ticket)]


def _shown(row: RoutingDecision, known: bool) -> dict:
    return _weighed(row, known) if row.weighed else aside.decision(row, known)


def _proposed(ticket: Ticket, row: RoutingDecision, known: bool) -> str:
    """What became of the person whom somebody proposed when he gave the ticket back; empty if nobody was."""
    meant = returned.proposed(ticket, row.at)
    if meant is None or not row.candidates and row.chosen_id != meant["id"]:  # where nobody was considered, he was not passed over either
        return ""
    found = next((facts for facts in row.candidates if facts["id"] == meant["id"]), None)
    told = _("%(by)s gave it back and proposed %(name)s:", **meant)
    return f"{told} {_came_of(meant['id'], row, found, known)}"


def _came_of(user_id: int, row: RoutingDecision, facts: Mapping | None, known: bool) -> str:
    if row.chosen_id == user_id:
        return _("who has it now.")
    if facts is None:
        return _("who has no part in this category or team.")
    against = aside.verdict(facts["reasons"], routing_why.waived(row.relaxed), known)
    if not against["waived"] and against["reasons"]:
        return _("who was passed over: %(why)s.", why=_(", ").join(map(str, against["reasons"])))
    return _("who could have taken it; the score put somebody else first.")


def _weighed(row: RoutingDecision, known: bool) -> dict:
    """One decision with its figures; `compared` of a person: they were weighed, or are for the manager to weigh."""
    shown = aside.decision(row, known)
    turn, asked = bool(row.basis.get("managers_turn")), routing_why.waived(row.relaxed)
    people = [person | _figures(facts, known) | {"compared": turn or facts["chosen"] or set(facts["reasons"]) <= asked}
              for person, facts in zip(shown["people"], row.candidates, strict=True)]
    circumstances = [word for code, word in words.CIRCUMSTANCES.items() if row.basis.get(code)]
    return shown | {"weighed": True, "left_to_manager": turn, "circumstances": circumstances, "people": people, "relaxed": [words.RELAXED[code] for code in row.relaxed],
                    "columns": _columns(row.basis["weights"]),
                    "same": services.same_again(row)}


def _figures(facts: Mapping, known: bool) -> dict:
    return {"parts": [None if name == "satisfaction" and routing_why.few(facts) else facts["parts"][name] for name in PARTS],
            "room": facts["load"] / facts["cap"] if facts["cap"] else 1.0, "final": facts["final"],
            "knows_shop": known and facts["record"]["knows_shop"]}


def _columns(weights: Mapping) -> list[dict]:
    """The heads of the parts: the word, and the share of the whole in per cent."""
    total = sum(weights[name] for name in PARTS)
    return [{"label": words.PARTS[name], "share": round(100 * weights[name] / total) if total else 0} for name in PARTS]

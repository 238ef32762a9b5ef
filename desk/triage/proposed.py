"""What the machine proposes for a matter, in words: three categories, why this severity, why a person is asked."""
from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog import queries as catalog
from catalog.models import Leaf
from core.actor import Actor
from core.i18n import pick
from tickets.models import Ticket
from tickets.queries import has_unconfirmed
from tickets.second import SecondMatter
from tickets.services import second_matters
from triage import queries
from triage.duplicates import queries as doubles
from triage.facts import read
from triage.models import TriageModel, TriageProposal
from triage.services import SURE, outcome_for, severity_for

WAITS = {
    "switched_off": _l("Nothing is dispatched without a person: it is switched off in the settings."),
    "no_model": _l("Nothing has been learned yet, so there is no proposal."),
    "sealed": _l("It may be a sealed matter: a person decides."),
    "by_hand": _l("This category is always decided by a person."),
    "unsure": _l("At least one of the two readings of it is not sure enough."),
    "two_views": _l("By how it is written and by how it sounds it says two different things."),
    "short": _l("It is too short for a machine to decide by it."),
    "strange": _l("Many of its words were never seen before."),
    "set_aside": _l("It says of something that this is not the matter (“not the driver, but …”): read what it is about."),
    "denial": _l("A denial in it changes what it says."),
    "suspect": _l("It was perhaps sent by a machine."),
    "perhaps_noise": _l("It says nothing that could be settled: perhaps it was not meant for us."),
    "somebody_meant": _l("It speaks of somebody of the staff by a family name: say who is meant, or that it is nobody of us."),
    "several_shops": _l("Several shops share this number: which one is it?"),
    "may_continue": _l("It may belong to an earlier matter of the same number."),
    "possible_double": _l("The same retailer has an open matter: is it the same one?"),
    "unconfirmed": _l("The transcript has doubtful words that nobody has confirmed yet."),
    "second_matter": _l("Something else is told here as well: say below what becomes of it."),
    "came_back": _l("It has been here before."),
    "waited_already": _l("It was left to a person before, so the machine does not send it on by itself."),
    "listen": _l("It is a recording without words: listen to it, then decide."),
}

# Reasons that may be over before anybody reads the matter again.
# That there is another matter is told to nobody who may not see it.
STILL = {"sealed": lambda ticket, actor: ticket.sealed, "unconfirmed": lambda ticket, actor: has_unconfirmed(ticket),
         "second_matter": lambda ticket, actor: second_matters.undecided(ticket),
         "possible_double": lambda ticket, actor: bool(doubles.proposed(actor, ticket))}


def proposed(ticket: Ticket, actor: Actor) -> dict:
    """For the pane of a matter: `choices` (code, name, percent, key), `hits` (name, words), `waits` (sentences), `threshold` in percent."""
    proposal = queries.proposal(ticket)
    if proposal is None:
        return {"choices": [], "hits": [], "waits": [], "threshold": None}
    offered = _offered(ticket, proposal, second_matters.elsewhere([ticket.id]).get(ticket.id, ()))
    return {"choices": [_choice(entry, key) for key, entry in enumerate(offered, 1)], "hits": _hits(proposal),
            "waits": _waits(proposal, ticket, actor), "threshold": _threshold(queries.live_model())}


def _offered(ticket: Ticket, proposal: TriageProposal, gone: Collection[SecondMatter]) -> list[dict]:
    """What was read, without what has a ticket of its own by now. Where that was the first of it, what was decided instead leads, without a probability."""
    leaves = {matter.leaf_code for matter in gone}
    decided = [{"leaf": ticket.leaf_code, "p": None}] if ticket.leaf_code and proposal.leaf in leaves else []
    return decided + [entry for entry in proposal.ranking if entry["leaf"] not in {*leaves, *(one["leaf"] for one in decided)}]


def _waits(proposal: TriageProposal, ticket: Ticket, actor: Actor) -> list[str]:
    held = [code for code in proposal.waits if code not in STILL or STILL[code](ticket, actor)]
    return [_unsure(proposal) if code == "unsure" else WAITS[code] for code in held]


def _unsure(proposal: TriageProposal) -> str:
    """With the percentage of the lower reading; what is shown beside the category is that of both together."""
    if SURE not in proposal.facts:
        return WAITS["unsure"]
    return _("At least one of the two readings of it is not sure enough: the lower one gives the first category %(percent)s%%.",
             percent=min(int(proposal.facts[SURE] * 100), 99))  # rounded down: never as much as it would need


def columns(tickets: Collection[Ticket]) -> dict[int, dict]:
    """For the queue: the first category that is offered for each ticket, by its id."""
    names, ids = {leaf.code: leaf for leaf in catalog.leaves(active=False)}, [ticket.id for ticket in tickets]
    read, gone = queries.proposals(ids), second_matters.elsewhere(ids)
    first = {ticket.id: entry for ticket in tickets if ticket.id in read for entry in _offered(ticket, read[ticket.id], gone.get(ticket.id, ()))[:1]}
    return {number: {"name": _name(names.get(entry["leaf"]), entry["leaf"]), "percent": _percent(entry["p"])} for number, entry in first.items()}


def prefilled(ticket: Ticket) -> dict:
    """What the form starts with: the machine's reading where nobody has decided yet."""
    proposal = queries.proposal(ticket)
    if proposal is None or proposal.leaf is None:
        return {}
    found = proposal.facts
    return {"leaf": proposal.leaf, "severity": proposal.severity, "desired_outcome": proposal.outcome,
            **{name: found.get(name, "") for name in ("order_no", "amount", "occurred")}}


def for_leaf(ticket: Ticket, leaf: Leaf) -> dict:
    """Severity and outcome when a person picks another category than the first."""
    text = queries.words_of(ticket)
    return {"severity": severity_for(ticket, leaf, text, read(text))[0], "desired_outcome": outcome_for(ticket, leaf, text)}


def _choice(entry: dict, key: int) -> dict:
    leaf = catalog.leaf(entry["leaf"])
    return {"code": entry["leaf"], "name": _name(leaf, entry["leaf"]), "group": pick(leaf.group.name_zh, leaf.group.name_en) if leaf else "",
            "percent": _percent(entry["p"]), "key": str(key)}


def _hits(proposal: TriageProposal) -> list[tuple[str, str, str]]:
    """(severity, name, words) of every cue that raised the severity."""
    cues = queries.cue_names([hit["code"] for hit in proposal.hits])
    return [(hit["severity"], pick(cues[hit["code"]].name_zh, cues[hit["code"]].name_en), _("“%(words)s”", words="”, “".join(hit["words"])) if hit["words"] else "")
            for hit in proposal.hits if hit["code"] in cues]


def _threshold(model: TriageModel | None) -> int | None:
    return round(model.threshold * 100) if model and model.threshold <= 1 else None


def _name(leaf: Leaf | None, code: str) -> str:
    return pick(leaf.name_zh, leaf.name_en) if leaf else code


def _percent(probability: float | None) -> int | None:
    return None if probability is None else min(round(probability * 100), 99)  # nobody is entirely sure

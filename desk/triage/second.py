"""What else is told in a matter: each with its words, what became of it, and the key that decides about it."""
from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog import queries as catalog
from core.actor import Actor
from core.errors import DomainError
from core.i18n import pick
from desk.blueprint import actor
from tickets import access, case_number
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.second import SecondMatter
from tickets.services import second_matters
from triage import taking_apart

STANDINGS = {"proposed": _l("to be decided"), "refused": _l("no matter"), "along": _l("answered along"), "own": _l("a ticket of its own")}
CATEGORY = "second-leaf-"
ADD, ADDED_LEAF, ADDED_WORDS = "also", "also-leaf", "also-words"


def shown(ticket: Ticket, reader: Actor) -> list[dict]:
    """The second matters of a ticket in their order; the other ticket only for whoever may know of it."""
    return [{"id": matter.id, "words": matter.words, "leaf": matter.leaf_code, "name": pick(matter.leaf.name_zh, matter.leaf.name_en),
             "percent": min(round(matter.sure * 100), 99) if matter.sure else None, "standing": matter.standing, "said": STANDINGS[matter.standing],
             "spoken": matter.spoken_round == ticket.round, "other": link(matter.linked, reader)} for matter in second_matters.of(ticket)]


def to_speak_of(ticket: Ticket, ticked: frozenset[int] | None = None) -> list[dict]:
    """What the answer must speak of beside the main matter; `ticked` stand in place of what is kept."""
    return [{"id": matter.id, "words": matter.words, "name": pick(matter.leaf.name_zh, matter.leaf.name_en),
             "done": matter.id in ticked if ticked is not None else matter.spoken_round == ticket.round}
            for matter in second_matters.to_speak_of(ticket)]


def told_with(ticket: Ticket, reader: Actor) -> dict | None:
    """What was said when this matter was told with another one, and the number of that one.

    Whoever works on this one should read all that the retailer said, also where the other matter is another team's; nothing of a matter
    that is sealed, restricted or kept from him.
    """
    matter = second_matters.told_with(ticket)
    if matter is None or not _may_read(reader, matter.ticket):
        return None
    return {"other": link(matter.ticket, reader), "words": [message.body for message in matter.ticket.messages if message.kind == "in"]}


def _may_read(reader: Actor, other: Ticket) -> bool:
    common = not other.sealed and (other.leaf is None or other.leaf.access == "open") and not access.kept_from(reader, other)
    return common or access.can_see(reader, other)


def link(other: Ticket | None, reader: Actor) -> dict | None:
    """The number of another ticket; with its address and state for whoever may open it, nothing of what is kept from him."""
    if other is None or not _may_read(reader, other):
        return None
    opens = access.can_see(reader, other)
    return {"number": case_number.show(other.case_no), "href": url_for("desk.ticket", case_no=other.case_no) if opens else "", "state": other.state if opens else ""}


def decide(ticket: Ticket, step: str) -> str:
    """Carry out `own:7`, `along:7` or `drop:7`, in the category that stands beside it, or `also`; the sentence that says so. Raises DomainError."""
    name, _between, number = step.partition(":")
    if name == ADD:
        return _add(ticket)
    matter = next((one for one in second_matters.of(ticket) if str(one.id) == number), None)
    if matter is None or name not in STEPS:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    leaf = catalog.leaf(request.form.get(f"{CATEGORY}{matter.id}"))
    if leaf is not None and name != "drop":
        second_matters.rename(matter, actor(), leaf)
    return STEPS[name](matter)


def is_step(name: str) -> bool:
    """Is it about something else that is told beside the matter?"""
    return name == ADD or name.partition(":")[0] in STEPS


def _add(ticket: Ticket) -> str:
    leaf = catalog.leaf(request.form.get(ADDED_LEAF))
    if leaf is None:
        raise DomainError("unclassified", _("Choose the category of the other matter."))
    second_matters.add(ticket, actor(), leaf, request.form.get(ADDED_WORDS, ""))
    return _("It stands under \"Also told here\" now: decide who owns it.")


def _own(matter: SecondMatter) -> str:
    ticket = matter.ticket
    made = taking_apart.own_ticket(matter, actor())
    said = {"case": case_number.show(ticket.case_no), "other": case_number.show(made.case_no)}
    if ticket.sealed and not made.sealed:
        return _("What is open has a ticket of its own now, %(other)s. %(case)s keeps what is sealed.", **said)
    if made.state == "received":
        return _("It has a ticket of its own now, %(other)s, which waits for triage.", **said)
    return _("It has a ticket of its own now, %(other)s, and was dispatched.", **said)


def _along(matter: SecondMatter) -> str:
    second_matters.answer_along(matter, actor())
    return _("The answer must speak of it too.")


def _drop(matter: SecondMatter) -> str:
    second_matters.refuse(matter, actor())
    return _("It is no matter of its own.")


STEPS = {"own": _own, "along": _along, "drop": _drop}

"""Matters beside the main one of a ticket: proposed by the machine, and what their being there means for dispatch and for learning."""
from collections.abc import Sequence

from catalog import queries as catalog
from catalog.models import Leaf
from core.actor import SYSTEM
from tickets.models import Ticket
from tickets.second import SecondMatter
from tickets.services import second_matters
from triage import queries, several
from triage.several import BETWEEN


def propose(ticket: Ticket, classifier, text: str, main: str, sure_from: float) -> list[SecondMatter]:
    """Keep the second matters that the model sees in a text; those that nobody has decided about yet."""
    known = {leaf.code for leaf in catalog.leaves()}
    found = [(matter.leaf, matter.words, round(matter.sure, 4)) for matter in several.beside(classifier, text, main, sure_from) if matter.leaf in known]
    return second_matters.propose(ticket, found)


def any_sealed(second: Sequence[SecondMatter]) -> bool:
    """Is one of them of a category that is always sealed? Then the whole is sealed until compliance or the liaison has taken it apart."""
    return any(matter.leaf.access == "sealed" for matter in second)


def goes_along(main: Leaf | None, other: Leaf) -> bool:
    """The rule by which a second matter is answered with the main one: both open, of one team, and the second one so light

    that the hotline might answer it on the spot. Anything else has an owner, a clock or a secret of its own.
    """
    light = other.desk_answer and other.severity in ("S3", "S4")
    return main is not None and light and main.access == other.access == "open" and main.team_id == other.team_id


def wants_a_person(main: Leaf | None, second: Sequence[SecondMatter]) -> bool:
    """Is one of them no matter that goes along by rule?"""
    return not all(goes_along(main, matter.leaf) for matter in second)


def answer_along(ticket: Ticket) -> None:
    """The machine dispatches: what goes along by rule is demanded of the answer."""
    for matter in second_matters.of(ticket):
        if matter.standing == "proposed" and goes_along(ticket.leaf, matter.leaf):
            second_matters.answer_along(matter, SYSTEM)


def main_words(ticket: Ticket) -> str:
    """The words from which the category of a ticket is learned: without those that tell of another one."""
    others = [matter for matter in second_matters.of(ticket) if matter.standing in ("own", "along")]
    return words_left(queries.words_of(ticket), others)


def words_left(text: str, others: Sequence[SecondMatter]) -> str:
    """A text without the words of these matters; the whole where nothing would be left."""
    rest = text
    for piece in (piece for matter in others for piece in matter.words.split(BETWEEN)):
        rest = rest.replace(piece, " ")
    return " ".join(rest.split()) or text

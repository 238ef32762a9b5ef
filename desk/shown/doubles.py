"""Two tickets that may be one matter, in words: how sure, why, and what each of them says; and what was told before."""
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import settings
from core.actor import Actor
from desk.shown import presenters
from desk.shown.words import CHANNELS
from tickets import case_number
from tickets.models import Message, Ticket
from triage.duplicates import queries, sender, services

REASONS = {
    "same_order": _l("the same number: %(what)s"), "other_order": _l("different numbers: %(what)s"),
    "same_day": _l("the same day is named"), "other_day": _l("different days are named"),
    "same_amount": _l("the same amount: %(what)s"), "other_amount": _l("different amounts: %(what)s"),
    "same_count": _l("the same quantity"), "other_count": _l("different quantities"),
    "same_goods": _l("the same product: %(what)s"), "other_goods": _l("different products: %(what)s"),
    "same_person": _l("the same person is named"), "other_person": _l("different people are named"),
    "same_special": _l("an uncommon word in both"), "other_special": _l("each has uncommon words of its own"),
    "subjects": _l("they speak of the same thing"), "no_subject_in_common": _l("they speak of different things"),
    "all_words": _l("much the same words"), "leaves": _l("read as the same category"), "leaves_apart": _l("read as different categories"),
    "within_hours": _l("within six hours"), "over_five_days": _l("more than five days apart"),
    "goes_on": _l("the later one goes on with something"), "points_back": _l("the later one points back to something"),
    "new_today": _l("the later one tells of its own day"), "again": _l("the later one says that it happened again"),
    "apart": _l("the later one says that it is another matter"), "swapped": _l("the same sentence with another word in its place"),
}
FOUND_BY = {"shop": _l("the same shop"), "number": _l("the same telephone number"), "order": _l("the same order number"), "name": _l("the same shop name")}
AGAINST = {"no_subject_in_common", "leaves_apart", "over_five_days", "new_today", "again", "apart", "swapped"} | {code for code in REASONS if code.startswith("other_")}
SHOWN = 6
MOST = 100  # per cent
THIRD = 3


@dataclass(frozen=True)
class Pair:
    """The other ticket, how sure it is in per cent, what speaks for and against it, and of both the shop and number as far as they are known, and the words: [(channel, time, text)].

    What speaks for it begins with that by which they were found to be of one sender.
    """

    ticket: Ticket
    percent: int
    speaks_for: list[str]
    speaks_against: list[str]
    here_who: str
    there_who: str
    here: list[tuple]
    there: list[tuple]


def pairs(ticket: Ticket, actor: Actor) -> list[Pair]:
    """What may be the same matter as an open ticket, as far as this reader may know of it."""
    found = queries.proposed(actor, ticket)
    why = services.why(ticket, [other.ticket for other in found])
    return [_pair(ticket, other, why[other.ticket.id].reasons, actor) for other in found]


def apart(ticket: Ticket, actor: Actor) -> list[Ticket]:
    """What a person kept apart from this one, by saying so or by undoing a merge."""
    return queries.kept_apart(actor, ticket)


def before(ticket: Ticket, actor: Actor) -> dict | None:
    """The earlier tickets of this matter, and the sentence that counts them; None without any that this reader may know."""
    found = queries.told_before(actor, ticket)
    if not found:
        return None
    nth = len(found) + 1
    told = _("This matter is told for the second time.") if nth < THIRD else _("This matter is told for the %(nth)s. time.", nth=nth)
    return {"tickets": found, "told": told, "raised": nth >= THIRD and ticket.escalation > 0}


def marks(actor: Actor, tickets: Collection[Ticket]) -> dict[int, list[tuple[str, str]]]:
    """What a list says of its tickets by id, as tags: perhaps the same as another one, and how often it was told."""
    return {number: [*_same(mark), *_again(mark)] for number, mark in queries.marks(actor, tickets).items()}


def _same(mark: queries.Mark) -> list[tuple[str, str]]:
    return [(_("Perhaps the same as %(number)s", number=case_number.show(mark.double.case_no)), "")] if mark.double else []


def _again(mark: queries.Mark) -> list[tuple[str, str]]:
    return [(_("Told %(count)s times within %(days)s days", count=mark.times, days=settings.get("repeat_days")), "")] if mark.times > 1 else []


def _pair(ticket: Ticket, found: queries.Proposed, reasons, actor: Actor) -> Pair:
    told, other = reasons[:SHOWN], found.ticket
    speaks_for, against = ([_reason(*reason) for reason in told if (reason[0] in AGAINST) is wanted] for wanted in (False, True))
    one_sender = [str(FOUND_BY[code]) for code in sender.found_by(ticket, other)]
    shops = [_("different shop names")] if sender.names_differ(ticket, other) else []
    return Pair(other, min(round(found.score * MOST), MOST - 1), one_sender + speaks_for, shops + against, _who(ticket, actor), _who(other, actor),
                _words(ticket), _words(other))


def _who(ticket: Ticket, actor: Actor) -> str:
    """The shop and the masked number, each where it is known."""
    return " · ".join(filter(None, (presenters.shop(ticket, actor), presenters.masked_phone(ticket, actor))))


def _reason(code: str, what: str) -> str:
    said = str(REASONS[code])
    return said % {"what": what} if what else said.split(":")[0].split("：")[0]


def _words(ticket: Ticket) -> list[tuple]:
    return [(CHANNELS.get(message.channel, ""), message.at, message.body) for message in _said(ticket)]


def _said(ticket: Ticket) -> list[Message]:
    return [message for message in ticket.messages if message.kind == "in"]

"""The last touches before the rows are written (pure): words to find tickets by, noise that was removed in its time, ids of notices."""
from functools import lru_cache

from catalog.models import NOISE
from commands.demo.history import rows
from commands.demo.history.case import Case
from commands.demo.history.office import Office
from tickets import search
from tickets.services.noise import WORDS

DAY = 86400


def finish(office: Office, noise_days: int) -> None:
    """Make the rows as they would stand at the end."""
    gone = _forget_noise(office, noise_days)
    office.written[rows.Message] = [row for row in office.written[rows.Message] if row.ticket_id not in gone]
    # What carried words goes with them, also where a merge had brought them from another ticket.
    kept = {row.id for row in office.written[rows.Message]}
    office.written[rows.Outbound] = [row for row in office.written[rows.Outbound] if row.message_id in kept]
    for case in office.written[Case]:
        case.search_tokens = "" if case.sealed or case.id in gone else tokens(case)
    office.written[rows.Mark] = [mark for case in office.written[Case] for mark in case.marks]
    office.written[rows.Notice].sort(key=lambda notice: notice.at)
    for notice in office.written[rows.Notice]:
        notice.id = office.id("notice")


def _forget_noise(office: Office, days: int) -> set[int]:
    old = [case for case in office.written[Case] if case.leaf_code == NOISE and case.state == "declined"
           and case.ended_at < office.end - days * DAY]
    for case in old:
        case.intake.raw, case.thread = {}, []
        for column, empty in WORDS.items():
            if column != "problem":  # nothing was ever written there
                setattr(case, column, empty)
    return {case.id for case in old}


def tokens(case: Case) -> str:
    """The words of a ticket as tickets.services.conversation.index finds them."""
    identity = () if case.confidential else (case.order_no, case.shop_text, case.contact_name, case.shop and case.shop.shop_name)
    said = [part for text in (case.case_no, *identity, *(message.body for message in case.thread)) if text for part in text.split()]
    return " ".join(sorted(set().union(*map(_words, said))))


@lru_cache(maxsize=1 << 18)
def _words(part: str) -> frozenset[str]:
    # No word reaches across a space, so most of what the standard answers say is cut only once.
    return frozenset(search.tokens(part).split())

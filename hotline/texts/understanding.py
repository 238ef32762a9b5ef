"""What can be told of a text and of its sender's matters before it is decided where the text belongs."""
from core import clock
from hotline.texts import pictures, queries, words
from hotline.texts.belonging import Matter, Said
from intake.models import IntakeRecord
from intake.submission import Submission
from tickets import case_number, search
from tickets import queries as tickets
from tickets.models import Ticket
from triage import facts, loaded
from triage import queries as triage_queries

PERHAPS_NOISE = "perhaps_noise"
A_WORD = 2


def understood(submission: Submission, intake: IntakeRecord) -> Said:
    """What can be told from the words alone."""
    if only_picture(submission, intake):
        return Said(wordless=True)
    text, lists = submission.text, words.current()
    leaf, sure = _likeliest(text)
    return Said(words=content(text), case_no=_named(text), order_no=facts.read(text).order_no, leaf=leaf, sure=sure,
                thanks=lists.only("thanks", text), hello=lists.only("hello", text), anew=lists.begins_anew(text),
                goes_on=lists.holds("goes_on", text), unsolved=lists.holds("unsolved", text))


def matters(mine: list[Ticket]) -> list[Matter]:
    """The tickets of a sender as `belonging` wants to know them."""
    ids, now = [ticket.id for ticket in mine], clock.now()
    spoken, readings = queries.last_words(ids), triage_queries.proposals(ids)
    return [Matter(case_no=ticket.case_no, over=ticket.state in ("answered", "closed"), asked=ticket.state == "needs_info",
                   minutes=(now - spoken.get(ticket.id, ticket.received_at)).total_seconds() / 60, order_no=ticket.order_no,
                   leaf=ticket.leaf_code or _proposed(ticket, readings), words=content(*(m.body for m in ticket.messages if m.kind == "in")))
            for ticket in mine]


def _proposed(ticket: Ticket, readings: dict) -> str | None:
    """What the machine takes a matter for; a mere greeting may still become anything."""
    return readings[ticket.id].leaf if ticket.id in readings and PERHAPS_NOISE not in ticket.facts else None


def content(*texts: str) -> frozenset[str]:
    """The words of texts that say what they are about."""
    common = words.current().whole.get("common", frozenset())
    return frozenset(word for word in search.tokens(*texts).split()
                     if len(word) >= A_WORD + word.isascii() and word not in common and not word.isdigit())


def says_nothing(text: str) -> bool:
    """True for greetings, single letters and signs: nothing that anybody could settle."""
    lists = words.current()
    return lists.only("hello", text) or lists.only("thanks", text) or sum(map(str.isalpha, text)) < A_WORD


def _likeliest(text: str) -> tuple[str | None, float]:
    known = loaded.current()
    if known is None or not any(map(str.isalpha, text)):
        return None, 0.0
    return known.classifier.rank(text)[0]


def _named(text: str) -> str | None:
    """The case number in a text, if there is such a case: an order number may look like one."""
    number = case_number.clean(text)
    return number if number and tickets.any_by_case_no(number) else None


def only_picture(submission: Submission, intake: IntakeRecord) -> bool:
    return bool(submission.text) and submission.text == pictures.stands_for(intake, submission.language)

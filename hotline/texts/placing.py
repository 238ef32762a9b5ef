"""Putting a text where it belongs: into one of its sender's tickets, into one that is opened again, or into a new one."""
from core import clock, events, locks
from core.actor import RETAILER
from hotline.texts import belonging, pictures, queries, words
from hotline.texts.belonging import Matter, Said, Verdict
from intake.models import IntakeRecord
from intake.recognisers import now_found_in, open_after, open_new
from intake.submission import Submission
from tickets import case_number, search
from tickets import queries as tickets
from tickets.events import TicketOpened
from tickets.models import Ticket
from tickets.services import closing, conversation, wording
from tickets.services.opening import subject_of
from triage import facts, loaded
from triage import queries as triage_queries
from triage import services as triage

CHANNEL = "sms"
MAY_CONTINUE, PERHAPS_NOISE = "may_continue", "perhaps_noise"
# Words that stand in texts of every kind, so that two texts are not alike because of them.
COMMON = frozenset(["我们", "你们", "他们", "您们", "没有", "怎么", "什么", "这个", "那个", "还是", "一个", "一下", "现在", "已经", "可以", "不是", "就是", "到现在", "为什么", "时候", "这样", "那样", "因为", "所以", "但是", "还有", "自己", "知道", "今天", "昨天", "the", "and", "for", "not", "you", "your", "have", "has", "had", "was", "were", "are", "but", "with", "this", "that", "they", "them", "their", "from", "what", "when", "there", "been", "will", "would", "could", "about"])
A_WORD = 2


def place(submission: Submission, intake: IntakeRecord) -> Ticket:
    """Decide where a text belongs and put it there. One text of a number after the other: the second sees what the first became."""
    locks.hold_for("belongs", submission.phone or str(intake.id))
    mine = queries.own(submission.phone)
    verdict = belonging.decide(understood(submission, intake), matters(mine))
    by_number = {ticket.case_no: ticket for ticket in mine}
    return ACTS[verdict.what](submission, intake, verdict, by_number)


def understood(submission: Submission, intake: IntakeRecord) -> Said:
    """What can be told from the words alone."""
    if _only_picture(submission, intake):
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
    return frozenset(word for word in search.tokens(*texts).split() if len(word) >= A_WORD and word not in COMMON and not word.isdigit())


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


def _only_picture(submission: Submission, intake: IntakeRecord) -> bool:
    return bool(submission.text) and submission.text == pictures.stands_for(intake, submission.language)


def _new(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    made = open_new(submission, intake)
    if not _only_picture(submission, intake) and says_nothing(submission.text):
        made.facts = made.facts | {PERHAPS_NOISE: True}
    return made


def _ask(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    """Nobody can be sure: a ticket that waits for the hotline, with the cases that it may belong to."""
    made = open_new(submission, intake)
    made.facts = made.facts | {MAY_CONTINUE: list(verdict.cases)}
    return made


def _after(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    return open_after(now_found_in(mine[verdict.cases[0]]), submission, intake)


def _continue(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    ticket = now_found_in(mine[verdict.cases[0]])
    if not ticket.is_open:
        return open_after(ticket, submission, intake)
    conversation.continue_with(ticket, submission.text, CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    if ticket.facts.get(PERHAPS_NOISE) and ticket.state == "received":
        _means_something(ticket, submission)
    return ticket


def _means_something(ticket: Ticket, submission: Submission) -> None:
    """What began with a greeting goes on with a matter: it is understood and acknowledged now."""
    ticket.facts = {key: value for key, value in ticket.facts.items() if key != PERHAPS_NOISE}
    ticket.subject, ticket.language = subject_of(submission.text), submission.language
    triage.read_again(ticket)
    events.emit(TicketOpened(ticket.id))


def _reopen(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    ticket = now_found_in(mine[verdict.cases[0]])
    if not closing.redo_open(ticket):
        return _continue(submission, intake, verdict, mine)
    conversation.take_in(ticket, submission.text, CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    open_again(ticket, submission.text)
    return ticket


def open_again(ticket: Ticket, words_said: str) -> None:
    """The retailer says that it is not settled: it is handled again, and he hears so."""
    closing.redo(ticket, RETAILER, words_said)
    wording.say_once(ticket, "reopened", f"reopened:{ticket.id}:{ticket.round}")


def _keep(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    """Words that ask for nothing stay in the thread."""
    ticket = now_found_in(mine[verdict.cases[0]])
    conversation.take_in(ticket, submission.text, CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    return ticket


ACTS = {"new": _new, "ask": _ask, "after": _after, "continue": _continue, "reopen": _reopen, "keep": _keep}

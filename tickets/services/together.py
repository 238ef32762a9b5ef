"""What each child of a parent hears: the notice, once a retailer, and the answer, each in its own language and under its own number."""
from collections.abc import Mapping

from answers import queries as answer_queries
from answers import services as answers
from catalog.models import Leaf
from core import locks
from core.actor import SYSTEM
from core.db import db
from core.errors import DomainError
from tickets import kin, queries, values
from tickets.fitting import TOGETHER
from tickets.messages import REFUSALS
from tickets.models import Message, Ticket
from tickets.parents import Parent
from tickets.services import conversation, extending, replying, second_matters, triaging, wording
from tickets.services.transition import move

EXPLANATION = "explanation"  # what a ticket wants of which nobody noted what it wants


def compose(parent: Parent, purpose: str, ticket: Ticket, language: str | None = None, words: Mapping | None = None) -> answers.Composed:
    """The approved words for `purpose`, filled for one child with `words` by language, by default those of the settled parent.

    Raises DomainError `no_words` if nobody approved any, or what compose raises.
    """
    version, lang = answer_queries.first(purpose, parent.leaf_code), language or ticket.language
    if version is None:
        raise DomainError("no_words", REFUSALS["no_words"])
    topic = parent.plain_zh if lang == "zh" else parent.plain_en
    return answers.compose(version, lang, values.known(ticket, lang) | {"topic": topic} | (words or parent.words_found).get(lang, {}))


def check_words(parent: Parent, language: str, words: Mapping[str, str]) -> None:
    """Refuse words that no answer of this category may hold. Raises DomainError `lint` naming the first."""
    answers.refuse_findings(answers.findings("\n".join(words.values()), parent.leaf, language, answers.ours()))


def notify(parent: Parent, ticket: Ticket) -> Message | None:
    """Tell the retailer of this child that we know, unless he was told of this parent before. The caller holds the ticket's lock."""
    reader = kin.reader_of(ticket)
    key = f"notice:{parent.id}:{reader}"
    locks.hold_for("notice", key)  # he may have two tickets that two workers have in hand
    if ticket.state not in kin.ANSWERABLE or wording.said(key):
        return None
    composed = compose(parent, "notice", ticket)
    return conversation.say(ticket, SYSTEM, composed.body, "notice", answer_code=composed.code, answer_version=composed.version, dedupe_key=key)


def answer(parent: Parent, ticket: Ticket) -> Message | None:
    """Answer one child, once; it waits for the retailer's word like any answered ticket, and nobody closes it.

    The caller holds the ticket's lock. Raises DomainError if this one cannot be answered so: then a person does.
    """
    key = f"{TOGETHER}{parent.id}:{ticket.id}"
    if not kin.unanswered(parent, ticket.id):
        return None
    composed = compose(parent, "shared_answer", ticket)
    _classify(parent, ticket)
    ticket.outcome, ticket.root_cause, ticket.remedy = parent.outcome, parent.root_cause, parent.remedy
    move(ticket, "answer_together", SYSTEM, answer_code=composed.code, reason=parent.number, unconfirmed=queries.has_unconfirmed(ticket),
         **second_matters.state_of(ticket))
    ticket.awaits_routing = False
    _lay_aside(ticket)
    extending.lapse(ticket)
    said = conversation.say(ticket, SYSTEM, composed.body, "answer", answer_code=composed.code, answer_version=composed.version, dedupe_key=key)
    said.author_name = parent.resolved_by.name  # for staff; no person has been in touch with this one shop
    return said


def _classify(parent: Parent, ticket: Ticket) -> None:
    """What the hotline had no time to triage is what the manager saw when he attached it."""
    if ticket.leaf_code is None and ticket.state == "received":
        leaf = db.session.get(Leaf, parent.leaf_code)
        triaging.classify(ticket, SYSTEM, leaf, min(ticket.severity, leaf.severity), desired_outcome=ticket.desired_outcome or EXPLANATION)
    if ticket.team_id is None and ticket.leaf is not None:
        ticket.team, ticket.team_id = ticket.leaf.team, ticket.leaf.team_id
    ticket.desired_outcome = ticket.desired_outcome or EXPLANATION


def _lay_aside(ticket: Ticket) -> None:
    """An answer that waited for review is the author's draft again: he finds it if the retailer is not content."""
    reply = replying.open_reply(ticket)
    if reply is not None:
        reply.state = "draft"

"""Making drafts from what was typed or kept, and looking at how the words will read before they go out."""
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from answers import queries as answer_queries
from answers import segments
from answers import services as answers
from answers.models import AnswerVersion
from core import i18n, links, settings
from core.actor import Actor
from core.errors import DomainError
from desk.ticket.draft import FREE, Draft
from tickets import access, values
from tickets.models import Reply, Ticket

MOST = 4000


@dataclass(frozen=True)
class Preview:
    """How it will read: the text, how many SMS it takes, and what must not be said."""

    body: str
    sms: int
    findings: list[tuple[str, str]]


def preview(draft: Draft) -> Preview | None:
    """The words as they stand now; None while something is missing."""
    try:
        composed = draft.compose()
    except DomainError:
        return None
    return look(composed.body, draft.ticket, draft.language)


def look(body: str, ticket: Ticket, lang: str) -> Preview:
    """The length of a text and the findings in it, in words."""
    found = answers.findings(body, ticket.leaf, lang, ours())
    return Preview(body, segments.count(body).segments, [(f.word, str(answers.LINT_WORDS.get(f.code, f.code))) for f in found])


def ours() -> tuple[str, str]:
    """The phone number and the host that may be named in an answer."""
    return settings.get("hotline_number"), urlsplit(links.public("/")).netloc


def choices(purpose: str, ticket: Ticket) -> list[AnswerVersion]:
    """The standard answers to choose from, the leaf's own first."""
    return answer_queries.approved(purpose, ticket.leaf_code)


def fresh(ticket: Ticket, actor: Actor, version: AnswerVersion, language: str | None = None) -> Draft:
    """A draft in which nothing was typed yet."""
    language = language if language in i18n.LANGUAGES else ticket.language
    return Draft(ticket, version, language, known(ticket, actor, language))


def from_form(ticket: Ticket, actor: Actor, version: AnswerVersion, form: Mapping[str, str]) -> Draft:
    """The draft as it was typed. Free parts of another standard answer are left behind; blanks of the same name stay filled."""
    draft = fresh(ticket, actor, version, form.get("language"))
    draft.values = {key[2:]: text[:MOST] for key, text in form.items() if key.startswith("v-")}
    if form.get("text_of") == draft.text_of:
        count = sum("free" in part for part in version.parts(draft.language))
        draft.retype([form.get(f"free-{number}", "")[:MOST] for number in range(count)])
    return draft


def from_reply(ticket: Ticket, actor: Actor, reply: Reply) -> Draft | None:
    """The draft that was kept, or None if its standard answer is out of use."""
    version = answer_queries.version(reply.version_id)
    if version is None or version.status != "approved":
        return None
    draft = fresh(ticket, actor, version, reply.language)
    draft.values = {name: text for name, text in reply.values.items() if isinstance(text, str)}
    # What was written elsewhere than on this page kept no typing, only the finished words.
    finished = [part["free"] for part in reply.parts if "free" in part] if reply.body else None
    draft.free = reply.values.get(FREE) or finished
    return draft


def known(ticket: Ticket, actor: Actor, language: str) -> dict:
    """What need not be typed. A writer who may not know who the retailer is sees general words in place of his names."""
    found = values.known(ticket, language)
    if not access.sees_identity(actor, ticket):
        with i18n.spoken(language):
            found |= {"shop": _("your shop"), "contact_name": _("shop owner")}
    return found


def standard_words(ticket: Ticket, actor: Actor, purpose: str, facts: Mapping) -> answers.Composed:
    """The first standard answer of a purpose, filled without anybody writing. DomainError if there is none, or the lint objects."""
    version = answer_queries.first(purpose, ticket.leaf_code)
    if version is None:
        raise DomainError("no_answer", _l("There is no approved standard answer for this step. Ask for one first."))
    composed = answers.compose(version, ticket.language, known(ticket, actor, ticket.language) | facts)
    refuse_findings(composed.body, ticket, ticket.language)
    return composed


def finish(draft: Draft) -> answers.Composed:
    """The words ready to go out. DomainError `unresolved`, `bad_value` or `lint`."""
    composed = draft.compose()
    refuse_findings(composed.body, draft.ticket, draft.language)
    return composed


def refuse_findings(body: str, ticket: Ticket, lang: str) -> None:
    """DomainError `lint` while a text holds something that must not be said."""
    answers.refuse_findings(answers.findings(body, ticket.leaf, lang, ours()))

"""Filling a standard answer with a ticket's values, and the life of its versions."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from answers import lint, placeholders
from answers.models import Answer, AnswerVersion
from catalog import queries as catalog
from core import clock, links, organisation, settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed

DELICATE_GROUPS = ("REG", "SVC", "RPT")  # whose words only compliance puts in force


@dataclass(frozen=True)
class Composed:
    """An answer ready to send: where it comes from and what it says. `parts` keep which words were locked."""

    code: str
    version: int
    version_id: int
    language: str
    parts: list[dict]
    body: str


def compose(version: AnswerVersion, lang: str, values: Mapping, free: Sequence[str] | None = None) -> Composed:
    """Fill `version` in `lang` with `values`; `free`, if given, replaces the free parts in order. Locked parts stay as approved.

    Raises DomainError `not_approved`, `unresolved` (naming what is missing) or `bad_value`.
    """
    if version.status != "approved":
        raise DomainError("not_approved", _l("This standard answer is not approved, so it cannot be sent."))
    parts = _reworded(version.parts(lang), free)
    try:
        rendered = placeholders.render_parts(parts, values, lang, organisation.zone())
    except placeholders.Unresolved as error:
        raise DomainError("unresolved", _l("Still missing in the answer: %(names)s", names=", ".join(error.names))) from None
    except placeholders.BadValue as error:
        raise DomainError("bad_value", _l("%(name)s does not fit: a %(type)s is expected.", name=error.name, type=error.type)) from None
    except placeholders.BadPlaceholder as error:
        raise DomainError("bad_placeholder", _l("This is not a placeholder: %(text)s", text=error.text)) from None
    return Composed(version.answer.code, version.version, version.id, lang, rendered, placeholders.join(rendered, lang))


def _reworded(parts: list[dict], free: Sequence[str] | None) -> list[dict]:
    if free is None:
        return parts
    words = iter(free)
    return [{"free": next(words, part["free"])} if "free" in part else part for part in parts]


def findings(body: str, leaf, lang: str, ours: Sequence[str] = ()) -> list[lint.Finding]:
    """What must be changed in `body` before it may be sent in this leaf."""
    return lint.check(body, bool(leaf is None or leaf.may_promise), lang, ours)


def ours() -> tuple[str, str]:
    """What a text may name although it is a number or a link: our hotline and our own address."""
    return settings.get("hotline_number"), urlsplit(links.public("/")).netloc


LINT_WORDS = {
    "promise": _l("In this category nothing may be promised"),
    "promotion": _l("No advertising in an answer"),
    "health": _l("Nothing about health or safety of a product"),
    "link": _l("Only our own links"),
    "phone": _l("Only our own phone numbers"),
    "personal": _l("No personal data of others"),
}


def refuse_findings(found: Sequence[lint.Finding]) -> None:
    """Raise DomainError `lint` naming the first thing that must be changed."""
    for finding in found:
        why = LINT_WORDS.get(finding.code, finding.code)
        raise DomainError("lint", _l("This cannot be sent like that: “%(word)s”. %(why)s.", word=finding.word, why=why))


def add_answer(actor: Actor, code: str, purpose: str, leaf_code: str | None) -> Answer:
    """A new answer, without words yet. Raises DomainError `code_taken`."""
    if db.session.scalar(db.select(Answer).filter_by(code=code)):
        raise DomainError("code_taken", _l("The code %(code)s is taken.", code=code))
    answer = Answer(code=code, purpose=purpose, leaf_code=leaf_code)
    db.session.add(answer)
    db.session.flush()
    record(actor, Did.ANSWER_CHANGED, target=code, purpose=purpose, leaf=leaf_code)
    return answer


def add_version(actor: Actor, answer: Answer, titles: tuple[str, str], parts_zh: list[dict], parts_en: list[dict]) -> AnswerVersion:
    """Write a new draft. Both languages must say something (DomainError `no_words`) and name the same placeholders

    (`placeholders_differ`, `bad_placeholder`).
    """
    if not (parts_zh and parts_en):
        raise DomainError("no_words", _l("Both languages need words."))
    _same_placeholders(parts_zh, parts_en)
    newest = max((v.version for v in answer.versions), default=0)
    version = AnswerVersion(answer=answer, version=newest + 1, status="draft", title_zh=titles[0], title_en=titles[1],
                            parts_zh=parts_zh, parts_en=parts_en, author_id=actor.id, created_at=clock.now())
    db.session.add(version)
    db.session.flush()
    record(actor, Did.ANSWER_CHANGED, target=answer.code, version=version.version, status="draft")
    return version


def _same_placeholders(parts_zh: list[dict], parts_en: list[dict]) -> None:
    try:
        zh, en = (set(placeholders.names_of(parts)) for parts in (parts_zh, parts_en))
    except placeholders.BadPlaceholder as error:
        raise DomainError("bad_placeholder", _l("This is not a placeholder: %(text)s", text=error.text)) from None
    if zh != en:
        names = ", ".join(sorted(name for name, _type in zh ^ en))
        raise DomainError("placeholders_differ", _l("Both languages need the same placeholders; they differ in: %(names)s", names=names))


def approve(actor: Actor, version: AnswerVersion) -> None:
    """Put a draft in force; the version before it retires.

    Raises DomainError `not_a_draft`, `lint` (words that could never be sent) and NotAllowed `own_words`: nobody approves his own,
    or `compliance_approves`: the words of delicate categories.
    """
    if version.status != "draft":
        raise DomainError("not_a_draft", _l("Only a draft can be approved."))
    if version.author_id == actor.id:
        raise NotAllowed("own_words", _l("Somebody else must approve what you wrote."))
    _refuse_delicate(actor, version.answer)
    _refuse_unsendable(version)
    for older in version.answer.versions:
        if older.status == "approved":
            older.status = "retired"
    version.status, version.approver_id, version.approved_at = "approved", actor.id, clock.now()
    record(actor, Did.ANSWER_CHANGED, target=version.answer.code, version=version.version, status="approved")


def _refuse_delicate(actor: Actor, answer: Answer) -> None:
    if (answer.leaf_code or "").split(".")[0] in DELICATE_GROUPS and not actor.has("compliance"):
        raise NotAllowed("compliance_approves", _l("In this category only compliance puts words in force."))


def _refuse_unsendable(version: AnswerVersion) -> None:
    leaf = catalog.leaf(version.answer.leaf_code)
    for lang in ("zh", "en"):
        refuse_findings(findings(placeholders.join(version.parts(lang), lang), leaf, lang, ours()))


def register(actor: Actor, version: AnswerVersion, gateway: str, ids: Mapping[str, str]) -> bool:
    """Keep the ids ({language: id}) under which a gateway has these words registered. They come after the approval, and change no word.

    False if nothing is different.
    """
    known = {lang: number for lang, number in ids.items() if number}
    if version.provider_ids.get(gateway, {}) == known:
        return False
    others = {name: kept for name, kept in version.provider_ids.items() if name != gateway}
    version.provider_ids = others | ({gateway: known} if known else {})
    record(actor, Did.ANSWER_CHANGED, target=version.answer.code, version=version.version, registered=gateway)
    return True


def retire(actor: Actor, version: AnswerVersion) -> None:
    """Take a version out of use. Raises DomainError `last_words` if it is the last for every category: the machine needs it."""
    if version.status == "approved" and not _others_in_force(version):
        raise DomainError("last_words", _l("Nothing else is approved for this purpose. Approve other words first."))
    version.status = "retired"
    record(actor, Did.ANSWER_CHANGED, target=version.answer.code, version=version.version, status="retired")


def _others_in_force(version: AnswerVersion) -> bool:
    others = db.select(AnswerVersion.id).join(Answer).where(
        Answer.purpose == version.answer.purpose, Answer.leaf_code.is_not_distinct_from(version.answer.leaf_code),
        AnswerVersion.status == "approved", AnswerVersion.id != version.id)
    return version.answer.leaf_code is not None or db.session.scalar(others.limit(1)) is not None

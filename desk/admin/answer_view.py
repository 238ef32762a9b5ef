"""What the pages say about a standard answer: its words filled with examples, what the check finds, how long it is as SMS."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, not_, select

from answers import lint, placeholders, segments, services
from catalog import queries as catalog
from catalog.models import Leaf
from core import links, organisation, settings
from core.actor import Actor
from core.db import db
from tickets.models import Message, Ticket
from tickets.queries import kept_from

PURPOSES = {
    "ack": _l("Acknowledgement"), "ack_anonymous": _l("Acknowledgement, anonymous"), "ack_beside": _l("Acknowledgement of a second matter"), "ack_added": _l("Added to a case (by text)"), "ask": _l("Question to the retailer"),
    "interim": _l("Progress report"), "answer": _l("Answer"), "decline": _l("Not our matter"), "decline_noise": _l("Not a complaint"),
    "transfer": _l("Passed to another body"), "close": _l("Closing words"), "close_fast": _l("Closing words, fast lane"), "survey": _l("Survey"), "reminder": _l("Reminder"),
    "survey_reminder": _l("Survey, asked once more"),
    "extension": _l("New date"), "handover": _l("Another handler"),
    "opted_in": _l("Messages again (by text)"),
    "progress": _l("How far it is (by text)"), "no_case": _l("No case of this number"), "help": _l("What one can write to us"),
    "withdraw_ask": _l("Really withdraw?"), "withdraw_which": _l("Withdraw which one?"), "withdrawn": _l("Withdrawn (by text)"),
    "reopened": _l("Handled again (by text)"),
    "notice": _l("Notice to many"), "shared_answer": _l("Answer to many"),
}
STATUSES = {"draft": (_l("Draft"), ""), "approved": (_l("In force"), "ok"), "retired": (_l("Retired"), "bad")}
KINDS = {"text": _l("text"), "date": _l("date"), "money": _l("amount of money"), "int": _l("whole number"), "phone": _l("telephone number")}

# What stands for the values of a ticket in a preview, by name of the placeholder; else by its type.
EXAMPLES = {
    "found": {"zh": "送货单上是 12 件，实收 10 件", "en": "the note says 12 cartons, 10 arrived"},
    "remedy": {"zh": "明天随车补送 2 件", "en": "the missing 2 come with tomorrow's van"},
    "rule_ref": {"zh": "《投放规则》第 3 条", "en": "section 3 of the allocation rule"}, "handler": {"zh": "周敏", "en": "Zhou Min"},
    "team": {"zh": "配送部", "en": "Logistics"}, "reason": {"zh": "要等检验结果", "en": "the test result is awaited"},
    "progress": {"zh": "61122 4831 7：有人正在办，11月24日 周二前答复您。", "en": "61122 4831 7: somebody is working on it. You get our answer by Tue 24 Nov."},
    "questions": {"zh": "1. 哪一天的单？2. 少了哪个品种？", "en": "1. Which day's order? 2. Which item is short?"},
}
BY_TYPE = {"text": {"zh": "（示例）", "en": "(example)"}, "money": "120.50", "int": "2", "phone": "+8613800001234"}
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Side:
    """One language of a version: the parts as stored and as filled with examples, and what is to be said about them."""

    language: str
    title: str
    parts: Sequence[dict]
    shown: Sequence[dict]
    names: Sequence[tuple[str, str]]
    findings: Sequence[lint.Finding]
    sms: segments.Count
    fault: str = ""


def side(lang: str, title: str, parts: Sequence[dict], leaf: Leaf | None) -> Side:
    """One language with examples filled in. Words that cannot be filled are shown as they are, with the fault."""
    found = services.findings(placeholders.join(parts, lang), leaf, lang, services.ours())
    try:
        names = placeholders.names_of(parts)
        shown = placeholders.render_parts(parts, examples(names, lang), lang, organisation.zone())
    except placeholders.BadPlaceholder as error:
        return Side(lang, title, parts, parts, [], found, segments.count(""), error.text)
    return Side(lang, title, parts, shown, names, found, segments.count(placeholders.join(shown, lang)))


def examples(names: Sequence[tuple[str, str]], lang: str) -> dict:
    """A likely value for each placeholder."""
    real = {"hotline": settings.get("hotline_number"), "org": settings.get(f"org_name_{lang}"), "case_no": "6111904173",
            "tracking_url": links.public("/t/")}
    day = catalog.today() + A_WEEK
    return {name: real.get(name) or _in(EXAMPLES.get(name), lang) or (day if kind == "date" else _in(BY_TYPE[kind], lang)) for name, kind in names}


def _in(value, lang: str):
    return value[lang] if isinstance(value, Mapping) else value


def usage(actor: Actor) -> dict[str, int]:
    """How often each answer went out, by code. What is sealed or kept from this reader is not counted: its number is a secret too."""
    query = select(Message.answer_code, func.count()).join(Ticket, Message.ticket_id == Ticket.id)
    return dict(db.session.execute(query.where(Message.answer_code.is_not(None), not_(Ticket.sealed), not_(kept_from(actor))).group_by(Message.answer_code)).all())

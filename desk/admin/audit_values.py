"""What the codes in the details of the audit trail mean: states, events, purposes, categories, people."""
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from accounts.models import User
from catalog import queries as catalog
from catalog.models import Leaf, LeafGroup, Team
from core import settings
from core.audit import AuditEntry, Did
from core.db import db
from core.i18n import LANGUAGES, pick
from desk.account.forms import NOTIFY_WORDS
from desk.admin.answer_view import PURPOSES, STATUSES
from desk.admin.audit_labels import LABELS
from desk.admin.catalog_words import ACCESS
from desk.admin.job_words import job_name
from desk.calls.words import FILED
from desk.improvement.words import STATES as IMPROVEMENT_STATES
from desk.shown import words

EVENTS = {
    "dispatch": _l("Dispatched"), "answer_on_the_spot": _l("Answered on the spot"), "ask": _l("Asked the retailer"), "resume": _l("Question over"),
    "decline": _l("Declined"), "decline_noise": _l("Put aside as noise"), "transfer": _l("Transferred"), "merge": _l("Merged"),
    "unmerge": _l("Merge undone"), "sign": _l("Signed for"), "claim": _l("Taken from the queue"), "return": _l("Returned to triage"),
    "reroute": _l("Taken back"), "hand_over": _l("Handed over"), "stand_aside": _l("Taken from a handler who must stand aside"), "submit": _l("Submitted for review"), "send_reply": _l("Answer sent"),
    "answer_together": _l("Answered together with others"), "send_back": _l("Answer sent back"), "approve": _l("Answer approved"), "close": _l("Closed"), "close_by_rule": _l("Closed by the rule"),
    "redo": _l("Handled again"), "withdraw": _l("Withdrawn"),
}
RESULTS = {"handler": _l("A handler"), "queue": _l("The team's queue"), "manager": _l("The manager"), "claimed": _l("Taken from the queue")}
BOOL = {True: _l("Yes"), False: _l("No")}
# By the name of the detail; a value without words stands as it is.
FIXED = {
    "event": EVENTS, "ticket_state": words.STATES, "improvement_state": {code: told[0] for code, told in IMPROVEMENT_STATES.items()},
    "state": {code: told[0] for code, told in words.DELIVERY.items() if told},
    "severity": words.SEVERITIES, "channel": words.CHANNELS, "type": words.TYPES, "roles": words.ROLES, "rule": words.CLOSED_BY_RULE,
    "purpose": {**PURPOSES, "call": _l("Call")}, "status": {code: told[0] for code, told in STATUSES.items()},
    "result": {**RESULTS, **words.CALL_RESULTS, **FILED}, "reason": words.CALL_REASONS, "service_class": words.SERVICE_CLASSES, "changed": LABELS,
    "source": words.OPT_OUT_SOURCES,
    "access": ACCESS, "language": LANGUAGES, "notify_by": NOTIFY_WORDS,
    "kind": {"retailers": _l("Retailers"), "staff": _l("Staff"), "complaints": _l("Complaints")},
}
# What "before" and "after" are, where they are single values.
CHANGES = {Did.TICKET_MOVED.value: "ticket_state", Did.IMPROVEMENT_MOVED.value: "improvement_state", Did.TICKET_SEVERITY_CHANGED.value: "severity"}
PEOPLE = ("to", "chosen")


def known(entries: Iterable[AuditEntry]) -> dict[str, Mapping]:
    """Words by the name of the detail, those of the catalogue and the names of the people in these entries among them."""
    leaves = {row.code: pick(row.name_zh, row.name_en) for row in db.session.scalars(select(Leaf))}
    groups = {row.code: pick(row.name_zh, row.name_en) for row in db.session.scalars(select(LeafGroup))}
    teams = [(row, pick(row.name_zh, row.name_en)) for row in db.session.scalars(select(Team))]
    ids = {entry.detail.get(key) for entry in entries for key in PEOPLE} - {None}
    people = dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
    return FIXED | dict.fromkeys(PEOPLE, people) | {
        "leaf": leaves, "scope": groups | leaves, "team": {row.code: name for row, name in teams}, "team_id": {row.id: name for row, name in teams},
        "need": {row.code: pick(row.name_zh, row.name_en) for row in catalog.codes("need_level")}}


def target(entry: AuditEntry) -> str:
    """What an entry is about, where it is no ticket."""
    if entry.action == Did.SETTING_CHANGED.value and entry.target in settings.REGISTRY:
        return _(settings.REGISTRY[entry.target].label)
    return str(job_name(entry.target)) if entry.action == Did.JOB_RETRIED.value else entry.target

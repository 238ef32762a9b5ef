"""One plain class a table (pure): its fields are the columns that the services write. Times are seconds since 1970."""
from dataclasses import dataclass, field, fields


@dataclass(slots=True)
class Intake:
    """intake_record"""

    id: int
    channel: str
    external_id: str
    received_at: int
    raw: dict
    case_no: str
    token: str
    recognised_as: str
    ticket_id: int
    pin_hash: str | None = None
    sealed: bool = False
    captured_by_id: int | None = None
    state: str = "done"
    is_demo: bool = True


@dataclass(slots=True)
class TicketRow:
    """ticket"""

    id: int
    case_no: str
    token: str
    channel: str
    subject: str
    received_at: int
    type: str = "complaint"
    pin_hash: str | None = None
    state: str = "received"
    version: int = 1
    leaf_code: str | None = None
    severity: str = "S3"
    wish: str = ""
    desired_outcome: str | None = None
    order_no: str = ""
    occurred: str = ""
    amount: str = ""
    facts: dict = field(default_factory=dict)
    language: str = "zh"
    retailer_id: int | None = None
    shop_text: str = ""
    contact_name: str = ""
    contact_phone: str | None = None
    contact_email: str | None = None
    captured_by_id: int | None = None
    confidential: bool = False
    anonymous: bool = False
    sealed: bool = False
    support_needs: bool = False
    supervised: bool = False
    named_ids: list = field(default_factory=list)
    aside: bool = False
    team_id: int | None = None
    assignee_id: int | None = None
    former_ids: list = field(default_factory=list)
    awaits_routing: bool = False
    return_state: str | None = None
    merged_into_id: int | None = None
    dispatched_at: int | None = None
    signed_at: int | None = None
    contacted_at: int | None = None
    answered_at: int | None = None
    ended_at: int | None = None
    ended_by_id: int | None = None
    last_inbound_at: int | None = None
    due_at: int | None = None
    due_kind: str | None = None
    asks: int = 0
    returns: int = 0
    extensions: int = 0
    redos: int = 0
    escalation: int = 0
    outcome: str | None = None
    root_cause: str | None = None
    remedy: str | None = None
    accepted: bool | None = None
    score: int | None = None
    score_reason: str = ""
    is_demo: bool = True
    search_tokens: str = ""


@dataclass(slots=True)
class Clock:
    """clock"""

    id: int
    ticket_id: int
    kind: str
    started_at: int
    due_at: int
    original_due_at: int
    at_70: int
    at_90: int
    minutes: int
    working: bool
    paused_at: int | None = None
    stopped_at: int | None = None
    fired_70: int | None = None
    fired_90: int | None = None
    breached_at: int | None = None


@dataclass(slots=True)
class Escalation:
    """escalation"""

    id: int
    ticket_id: int
    level: int
    why: str
    at: int
    cause: str = ""
    by_id: int | None = None


@dataclass(slots=True)
class Demand:
    """demand"""

    id: int
    ticket_id: int
    text: str
    made_by_id: int
    made_at: int
    due_at: int
    answer: str = ""
    answered_at: int | None = None
    answered_by_id: int | None = None
    lifted_at: int | None = None


@dataclass(slots=True)
class Return:
    """ticket_return"""

    id: int
    ticket_id: int
    by_id: int
    at: int
    reason: str
    evidence: str
    leaf_from: str
    team_id: int
    leaf_code: str | None = None
    owner_id: int | None = None


@dataclass(slots=True)
class Message:
    """message"""

    id: int
    ticket_id: int
    kind: str
    body: str
    at: int
    language: str
    channel: str = ""
    purpose: str = ""
    author_id: int | None = None
    author_name: str = ""
    intake_id: int | None = None
    answer_code: str | None = None
    answer_version: int | None = None
    delivery: str = "none"
    dedupe_key: str | None = None


@dataclass(slots=True)
class Outbound:
    """outbound_message"""

    id: int
    channel: str
    address: str
    body: str
    purpose: str
    dedupe_key: str
    message_id: int
    ticket_id: int
    created_at: int
    claimed_at: int
    sent_at: int
    state: str = "sent"
    attempts: int = 1
    gateway: str = "demo"


@dataclass(slots=True)
class Reply:
    """reply"""

    id: int
    ticket_id: int
    round: int
    author_id: int
    version_id: int
    language: str
    values: dict
    parts: list
    body: str
    at: int
    state: str = "draft"
    comment: str = ""
    reviewer_id: int | None = None
    score: int | None = None


@dataclass(slots=True)
class Promise:
    """promise"""

    id: int
    ticket_id: int
    text: str
    due_at: int
    made_by_id: int | None
    kept: bool | None = None
    settled_at: int | None = None


@dataclass(slots=True)
class Extension:
    """extension"""

    id: int
    ticket_id: int
    asked_by_id: int
    reason: str
    new_due_at: int
    asked_at: int
    decided_by_id: int | None = None
    decided_at: int | None = None
    approved: bool | None = None


@dataclass(slots=True)
class CallTask:
    """call_task"""

    id: int
    ticket_id: int
    reason: str
    created_at: int
    due_at: int
    dedupe_key: str
    done_at: int | None = None
    done_by_id: int | None = None
    result: str = ""
    note: str = ""


@dataclass(slots=True)
class Try:
    """call_try"""

    id: int
    ticket_id: int
    round: int
    at: int
    by_id: int


@dataclass(slots=True)
class Mark:
    """checklist_mark"""

    ticket_id: int
    item_id: int
    by_id: int
    at: int


@dataclass(slots=True)
class Check:
    """quality_check"""

    id: int
    ticket_id: int
    round: int
    by_id: int
    passed: bool
    note: str
    at: int


@dataclass(slots=True)
class Survey:
    """survey"""

    id: int
    ticket_id: int
    round: int
    handler_id: int | None
    created_at: int
    send_after: int
    sent_at: int | None = None
    skipped: str | None = None
    score: int | None = None
    reason_code: str | None = None
    comment: str = ""
    channel: str | None = None
    scored_at: int | None = None


@dataclass(slots=True)
class Score:
    """survey_score"""

    id: int
    survey_id: int
    score: int
    reason_code: str | None
    comment: str
    channel: str
    at: int
    counted: bool = True


@dataclass(slots=True)
class Decision:
    """routing_decision"""

    id: int
    ticket_id: int
    at: int
    result: str
    chosen_id: int | None
    needed_level: int
    candidates: list
    relaxed: list = field(default_factory=list)


@dataclass(slots=True)
class Trace:
    """audit_entry"""

    id: int
    at: int
    actor_kind: str
    actor_id: int | None
    actor_name: str
    action: str
    ticket_id: int | None
    target: str
    sealed: bool
    detail: dict


@dataclass(slots=True)
class Notice:
    """notice"""

    id: int
    user_id: int
    kind: str
    ticket_id: int
    dedupe_key: str
    at: int
    read_at: int | None


# In the order in which foreign keys want them to be written.
TABLES = (TicketRow, Intake, Clock, Escalation, Demand, Return, Message, Outbound, Reply, Promise, Extension, CallTask, Try, Mark, Check, Survey, Score, Decision, Trace, Notice)
TIMES = frozenset(name for row in TABLES for name in (f.name for f in fields(row)) if name == "at" or name.endswith("_at")
                  or name in ("at_70", "at_90", "fired_70", "fired_90", "send_after"))


def table(row: type) -> str:
    """The name of a class's table."""
    return row.__doc__ if row is not TicketRow else "ticket"


def columns(row: type) -> tuple[str, ...]:
    """The columns that its rows have."""
    return tuple(f.name for f in fields(row))

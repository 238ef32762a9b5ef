"""The life of a ticket as one table (pure): which event leads where, who may cause it, what must hold, which clocks it moves."""
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from core import transitions
from core.transitions import WrongState as WrongState

OPEN = ("received", "needs_info", "dispatched", "in_progress", "in_review", "answered")
ENDED = ("closed", "merged", "declined", "transferred", "withdrawn")
STATES = OPEN + ENDED

UNMERGE_WITHIN = timedelta(hours=24)
MOST_ASKS = 2
MOST_RETURNS = 2
MANAGER_DECIDES_FROM = 3  # redos: the third is the manager's, with a final reasoned reply


@dataclass(frozen=True)
class Transition:
    """One row: `target` None means that the service says where to (`data["target"]`), one of `targets`."""

    event: str
    sources: tuple[str, ...]
    target: str | None
    who: frozenset[str]
    guards: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    pauses: bool = False
    resumes: bool = False
    targets: tuple[str, ...] = field(default=())


def _row(event, sources, target, who, guards="", stops="", starts="", **more) -> Transition:
    return Transition(event, tuple(sources.split()), target, frozenset(who.split()), tuple(guards.split()),
                      tuple(stops.split()), tuple(starts.split()), **more)


ANSWERED = "ack triage sign pass_on contact update resolve callback info"
TOGETHER = f"{ANSWERED} demand"  # an answer on the spot leaves a manager's demand, one for many does not
ALL = f"{TOGETHER} fast"  # whether it was settled fast shows after the answer

TRANSITIONS: tuple[Transition, ...] = (
    _row("dispatch", "received", "dispatched", "system triager manager", "classified wish_known transcript_confirmed matters_decided seal_fits", "triage", "sign contact resolve fast"),
    _row("answer_on_the_spot", "received", "answered", "triager", "classified wish_known spot_answer_allowed matters_decided matters_spoken_of standard_answer", ANSWERED, "callback fast"),
    _row("ask", "received", "needs_info", "triager", "questions asks_left", "", "info", pauses=True),
    _row("ask", "in_progress", "needs_info", "assignee", "questions asks_left", "", "info", pauses=True),
    _row("resume", "needs_info", None, "system retailer triager assignee", "", "info", "", resumes=True, targets=("received", "in_progress")),
    _row("decline", "received", "declined", "manager", "reason", ALL),
    _row("decline_noise", "received", "declined", "triager manager", "", ALL),
    _row("transfer", "received in_progress", "transferred", "liaison compliance manager", "body_and_reference", ALL),
    _row("merge", "received needs_info dispatched in_progress", "merged", "triager manager", "other_open same_retailer same_seal", ALL),
    _row("unmerge", "merged", None, "triager manager", "merged_lately", targets=("received", "dispatched", "in_progress")),
    _row("sign", "dispatched", "in_progress", "assignee", "", "sign pass_on", "update"),
    _row("claim", "dispatched", "in_progress", "eligible", "unassigned not_the_managers", "sign pass_on", "update"),
    _row("return", "dispatched", "received", "assignee", "reason evidence returns_left in_sign_window", "sign", "triage"),
    _row("reroute", "dispatched", "dispatched", "system manager", "handler_named", "sign", "sign"),
    _row("hand_over", "in_progress", "dispatched", "system manager", "handler_named", "update", "sign"),
    _row("stand_aside", "dispatched needs_info in_progress in_review", "dispatched", "system", "", "sign update info", "sign", resumes=True),
    _row("submit", "in_progress", "in_review", "assignee", "checked outcome_proposed reply_written matters_spoken_of"),
    _row("send_reply", "in_progress", "answered", "certified",
         "checked outcome_proposed reply_written matters_spoken_of light open_leaf standard_answer", "ack contact update resolve", "callback"),
    _row("send_back", "in_review", "in_progress", "reviewer system", "reason"),
    _row("approve", "in_review", "answered", "reviewer", "matters_spoken_of", "ack contact update resolve", "callback"),
    _row("answer_together", "received needs_info dispatched in_progress in_review", "answered", "system",
         "classified wish_known transcript_confirmed shared_leaf own_person matters_decided matters_spoken_of standard_answer", TOGETHER, "callback"),
    _row("close", "answered", "closed", "manager", "reasons_recorded not_its_handler", ALL),
    _row("close_by_rule", "answered", "closed", "system", "reasons_recorded light open_leaf no_special_care", ALL),
    _row("redo", "answered closed", None, "retailer system manager qa", "in_redo_window", "callback", "contact resolve",
         targets=("in_progress", "dispatched")),
    _row("withdraw", " ".join(OPEN), "withdrawn", "retailer triager", "confirmed", ALL),
)


def find(event: str, state: str) -> Transition:
    """The row for `event` in `state`. Raises WrongState; KeyError for an event that exists nowhere."""
    return transitions.find(TRANSITIONS, event, state)


def find_sources(event: str) -> tuple[str, ...]:
    """The states in which `event` exists."""
    return tuple(state for row in TRANSITIONS if row.event == event for state in row.sources)


def events_from(state: str) -> list[str]:
    """Events that exist in `state`, in the order of the table."""
    return transitions.events_from(TRANSITIONS, state)


def managers_turn(ticket) -> bool:
    """Does only the manager decide who handles it? After two returns, and from the third time that it is handled again."""
    return ticket.returns >= MOST_RETURNS or ticket.redos >= MANAGER_DECIDES_FROM


# Guards: each takes the ticket (anything with its attributes) and the event's data, and says whether the move may happen.
GUARDS: dict[str, Callable] = {
    "classified": lambda t, d: t.leaf_code is not None and t.severity is not None,
    "wish_known": lambda t, d: bool(t.desired_outcome),
    "transcript_confirmed": lambda t, d: not d.get("unconfirmed"),
    "matters_decided": lambda t, d: not d.get("undecided"),
    "seal_fits": lambda t, d: not t.sealed or t.leaf.access != "open",
    "matters_spoken_of": lambda t, d: not d.get("unspoken"),
    "spot_answer_allowed": lambda t, d: _on_the_spot(t),
    "standard_answer": lambda t, d: bool(d.get("answer_code")),
    "questions": lambda t, d: bool(d.get("questions", "").strip()),
    "asks_left": lambda t, d: t.asks < MOST_ASKS,
    "reason": lambda t, d: bool(d.get("reason", "").strip()),
    "body_and_reference": lambda t, d: bool(d.get("body", "").strip() and d.get("reference", "").strip()),
    "other_open": lambda t, d: d["into"].id != t.id and d["into"].state in OPEN,
    "same_retailer": lambda t, d: _same_retailer(t, d["into"]),
    "same_seal": lambda t, d: t.sealed == d["into"].sealed,
    "merged_lately": lambda t, d: d["now"] - t.ended_at <= UNMERGE_WITHIN,
    "unassigned": lambda t, d: t.assignee_id is None,
    "not_the_managers": lambda t, d: not managers_turn(t),
    "handler_named": lambda t, d: not managers_turn(t) or d.get("to") is not None or d["actor"].kind == "system",
    "evidence": lambda t, d: bool(d.get("evidence", "").strip()),
    "returns_left": lambda t, d: t.returns < MOST_RETURNS,
    "in_sign_window": lambda t, d: d["in_sign_window"],
    "checked": lambda t, d: not d["unchecked"],
    "outcome_proposed": lambda t, d: bool(t.outcome and t.root_cause),
    "reply_written": lambda t, d: bool(d.get("body", "").strip()),
    "light": lambda t, d: t.severity in ("S3", "S4") and t.redos == 0,
    "open_leaf": lambda t, d: t.leaf.access == "open" and not t.sealed,
    "shared_leaf": lambda t, d: t.leaf.access == "open" and not t.sealed,
    "reasons_recorded": lambda t, d: bool(t.outcome and t.root_cause and t.remedy),
    "not_its_handler": lambda t, d: d["actor"].id is not None and d["actor"].id != t.assignee_id,
    "no_special_care": lambda t, d: not t.support_needs,
    "own_person": lambda t, d: not t.support_needs,
    "in_redo_window": lambda t, d: d["in_redo_window"],
    "confirmed": lambda t, d: bool(d.get("confirmed")),
}


def _on_the_spot(ticket) -> bool:
    light = ticket.severity == "S4" or ticket.type == "enquiry" and ticket.severity == "S3"
    marked = ticket.severity == "S3" and ticket.leaf.desk_answer
    return (light or marked) and ticket.leaf.access == "open" and not ticket.sealed


def _same_retailer(one, other) -> bool:
    if one.retailer_id and other.retailer_id:
        return one.retailer_id == other.retailer_id
    return one.contact_phone is not None and one.contact_phone == other.contact_phone

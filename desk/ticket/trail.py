"""Traces of a ticket in words, for its thread: one table of moves and one of everything else that matters."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.audit import AuditEntry, Did
from desk.shown import words

MOVES = {
    "dispatch": _l("Dispatched by %(who)s"), "answer_on_the_spot": _l("Answered on the spot by %(who)s"),
    "ask": _l("%(who)s asked the retailer; the other clocks pause"), "resume": _l("The clocks run on"), "decline": _l("Declined by %(who)s"),
    "decline_noise": _l("Put aside as noise by %(who)s"), "transfer": _l("Transferred by %(who)s"), "merge": _l("Merged by %(who)s"),
    "unmerge": _l("%(who)s undid the merge"), "sign": _l("%(who)s signed for it"), "claim": _l("%(who)s took it from the queue"),
    "return": _l("%(who)s returned it to triage"), "reroute": _l("Taken back by %(who)s to be given to somebody else"),
    "hand_over": _l("%(who)s hands it over"), "stand_aside": _l("Taken from a handler who must stand aside"), "submit": _l("%(who)s submitted the answer for review"),
    "send_reply": _l("%(who)s sent the answer"), "send_back": _l("%(who)s sent the answer back"), "approve": _l("%(who)s approved the answer"),
    "answer_together": _l("Answered together with others of the same cause"), "close": _l("Closed by %(who)s"), "close_by_rule": _l("Closed by the rule: %(rule)s"),
    "redo": _l("Handled again, by the word of %(who)s"), "withdraw": _l("Withdrawn, entered by %(who)s"),
}

NAMED = {"named": _l("named: %(names)s"), "not_named": _l("no longer named: %(names)s")}


def _moved(trace: AuditEntry, names: dict[int, str]) -> str:
    return str(MOVES[trace.detail["event"]]) % {"who": _who(trace), "rule": words.CLOSED_BY_RULE.get(trace.detail.get("rule", ""), "")}


def _assigned(trace: AuditEntry, names: dict[int, str]) -> str:
    to = trace.detail.get("to")
    return str(words.ROUTED["handler"]) % {"name": names.get(to, "")} if to else ""


def _routed(trace: AuditEntry, names: dict[int, str]) -> str:
    # Who was chosen is told by the assignment. Why nobody was stands on the page of the decision; the trace knows no more than this.
    if trace.detail["result"] == "manager":
        return _("Nobody was chosen: the manager says who has it")
    return "" if trace.detail["result"] == "handler" else str(words.ROUTED[trace.detail["result"]]) % {"name": ""}


def _severity(trace: AuditEntry, names: dict[int, str]) -> str:
    told = {"who": _who(trace), "before": words.SEVERITIES[trace.detail["before"]], "after": words.SEVERITIES[trace.detail["after"]]}
    reason = trace.detail.get("reason")
    if reason:
        return _("%(who)s changed the severity from %(before)s to %(after)s: %(reason)s", reason=reason, **told)
    return _("%(who)s changed the severity from %(before)s to %(after)s", **told)


def _named(trace: AuditEntry, names: dict[int, str]) -> str:
    told = [str(text) % {"names": _(", ").join(trace.detail[key])} for key, text in NAMED.items() if trace.detail.get(key)]
    return _("Staff named, by %(who)s: %(what)s", who=_who(trace), what="; ".join(told)) if told else _("%(who)s said who is named", who=_who(trace))


def _said(text):
    return lambda trace, names: str(text) % {"who": _who(trace)}


def _either(key: str, yes, no):
    return lambda trace, names: str(yes if trace.detail.get(key) else no) % {"who": _who(trace)}


OTHERS = {
    Did.TICKET_MOVED: _moved, Did.TICKET_ASSIGNED: _assigned, Did.TICKET_ROUTED: _routed, Did.TICKET_SEVERITY_CHANGED: _severity,
    Did.TICKET_STAFF_NAMED: _named,
    Did.TICKET_SEALED: _said(_l("Sealed by %(who)s")), Did.TICKET_UNSEALED: _said(_l("Released by %(who)s")),
    Did.TICKET_SUPERVISED: _either("on", _l("%(who)s supervises it from now on"), _l("%(who)s no longer supervises it")),
    Did.TICKET_ESCALATED: lambda trace, names: _("Raised to level %(level)s: %(why)s", level=trace.detail["level"], why=raised_why(trace.detail["why"])),
    Did.TICKET_URGED: lambda trace, names: _("The retailer is chasing (%(channel)s)", channel=words.CHANNELS[trace.detail["channel"]]),
    Did.DEMAND_ANSWERED: _said(_l("%(who)s answered the demand")),
    Did.TICKET_RATED: lambda trace, names: _("Rated %(score)s of 5", score=trace.detail.get("score")),
    Did.EXTENSION_ASKED: _said(_l("%(who)s asked for more time")),
    Did.EXTENSION_DECIDED: _either("approved", _l("%(who)s granted more time"), _l("%(who)s did not grant more time")),
    Did.PROMISE_SETTLED: _either("kept", _l("A promise was kept"), _l("A promise was broken")),
    Did.TICKET_QUALITY_SEEN: _either("passed", _l("Passed the quality check of %(who)s"), _l("Failed the quality check of %(who)s")),
    Did.CALL_TASK_OPENED: lambda trace, names: _("Somebody has to call: %(reason)s", reason=call_reason(trace.detail.get("reason", ""))),
}
TOLD = tuple(action.value for action in OTHERS)


def call_reason(code: str) -> str:
    """Why somebody has to call, in words."""
    return str(words.CALL_REASONS.get(code, code))


def raised_why(code: str) -> str:
    """Why a ticket was raised to a level: the clock that is over, or what else happened."""
    return _("%(clock)s is over its time", clock=words.CLOCKS[code]) if code in words.CLOCKS else str(words.RAISED.get(code, code))


def words_of(trace: AuditEntry, names: dict[int, str]) -> str:
    """One trace in words; empty when another line tells it already."""
    return OTHERS[Did(trace.action)](trace, names)


def _who(trace: AuditEntry) -> str:
    return {"system": _("the system"), "retailer": _("the retailer")}.get(trace.actor_kind, trace.actor_name)

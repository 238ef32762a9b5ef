"""After the answer (pure): the survey, the score, the calls, closing, handling again, quality."""
from datetime import time

from catalog.models import NOISE
from commands.demo.history import clockwork, daytime, rows, thread
from commands.demo.history.case import Case
from commands.demo.history.choosing import route
from commands.demo.history.hours import moment, stamp
from commands.demo.history.moves import HIGHEST, move, raise_to, watch
from commands.demo.history.office import Office
from core.actor import RETAILER, SYSTEM, Actor
from core.audit import Did
from satisfaction import timing
from tickets import half_days
from tickets.services import calling

DAY = 86400
LOW = 2
NOT_SOLVED = "not_solved"
RATED_IN = ("answered", "closed")


def open_survey(office: Office, case: Case) -> None:
    """Make the round's survey; it goes out later, by day."""
    opens, closes = (time.fromisoformat(text) for text in office.rules.survey_hours)
    after = timing.by_day(moment(case.answered_at + office.rules.survey_delay * 60), opens, closes, office.hours.tz)
    case.surveys.append(office.add(rows.Survey(office.id("survey"), case.id, case.round, case.assignee_id, office.now, stamp(after),
                                               skipped=_reason_to_skip(office, case))))


def _reason_to_skip(office: Office, case: Case) -> str | None:
    lately = case.shop and any(number != case.id and office.now - at < office.rules.survey_pause * DAY for at, number in office.asked[case.shop.id])
    tests = (("sealed", case.sealed), ("noise", case.leaf_code == NOISE), ("no_address", not case.contact_phone),
             ("asked_lately", case.redos == 0 and lately))
    return next((code for code, holds in tests if holds), None)


def send_survey(office: Office, case: Case) -> bool:
    """Ask now, or keep why not; True if it went out."""
    survey = case.survey
    if survey is None or survey.skipped or survey.score:
        return False
    if case.state not in RATED_IN:
        survey.skipped = "moved_on"
        return False
    survey.skipped = _reason_to_skip(office, case)
    if survey.skipped:
        return False
    thread.say(office, case, SYSTEM, thread.standard(office, case, "survey"), "survey", f"survey:{case.id}:{case.round}")
    survey.sent_at = office.now
    office.asked[case.shop.id].append((office.now, case.id))
    return True


def rate(office: Office, case: Case, score: int, reason: str | None, comment: str, channel: str) -> None:
    """Keep a score; a low one begins the handling again if nothing was solved, else somebody calls."""
    survey = case.survey
    if comment:
        thread.take_in(office, case, comment, channel)
    survey.score, survey.reason_code, survey.comment, survey.channel, survey.scored_at = score, reason, comment, channel, office.now
    office.add(rows.Score(office.id("survey_score"), survey.id, score, reason, comment, channel, office.now))
    case.score, case.score_reason = score, reason or ""
    watch(office, case)
    clockwork.heard(office, case)
    office.trace(RETAILER, Did.TICKET_RATED.value, case, score=score)
    if score <= LOW and reason == NOT_SOLVED and redo_open(office, case):
        redo(office, case, comment or NOT_SOLVED)
    elif score <= LOW:
        _ask_for_call(office, case, survey)


def _ask_for_call(office: Office, case: Case, survey: rows.Survey) -> None:
    key = f"low_score:{case.id}:{survey.round}"
    office.add(rows.CallTask(office.id("call_task"), case.id, "low_score", office.now, daytime.later(office, case, office.rules.call_minutes), key))
    office.trace(SYSTEM, Did.CALL_TASK_OPENED.value, case, reason="low_score")


def call_in_vain(office: Office, case: Case) -> int | None:
    """Nobody answered: the instant at which it is worth calling again, None if it was tried often enough."""
    task = _open_call(office, case)
    case.tries.append(office.now)
    office.add(rows.Try(office.id("call_try"), case.id, case.round, office.now, _caller(office, case).id))
    thread.system(office, case, calling.TRIED)
    calendar, moments = office.hours.calendar, [moment(at) for at in case.tries if at >= task.created_at]
    if half_days.counted(calendar, moments) >= office.rules.call_tries:
        return None
    task.due_at = stamp(half_days.again_from(calendar, moments[-1]))
    return task.due_at


def _open_call(office: Office, case: Case) -> rows.CallTask:
    return next(task for task in reversed(office.written[rows.CallTask]) if task.ticket_id == case.id)


def _caller(office: Office, case: Case) -> Actor:
    hears = office.people.triager if case.leaf.access == "open" else office.people.manager
    return hears(case, case.rng)


def finish_call(office: Office, case: Case, result: str, note: str) -> None:
    """Somebody made the call that a low score asks for."""
    task, actor = _open_call(office, case), _caller(office, case)
    task.done_at, task.done_by_id, task.result, task.note = office.now, actor.id, result, note
    if result == "reached":
        thread.log_call(office, case, actor, note)
    office.trace(actor, Did.CALL_TASK_DONE.value, case, result=result)


def accept(office: Office, case: Case) -> None:
    """The retailer says that it is solved."""
    case.accepted = True
    watch(office, case)
    clockwork.heard(office, case)
    thread.system(office, case, "accepted")


def settle_promise(office: Office, case: Case, promise: rows.Promise, kept: bool) -> None:
    """The handler says whether what was promised was done."""
    actor = office.people.actors[case.assignee_id]
    promise.kept, promise.settled_at = kept, office.now
    office.trace(actor, Did.PROMISE_SETTLED.value, case, kept=kept)


def close(office: Office, case: Case) -> None:
    """The manager ends it, and the retailer hears it."""
    found = case.finding
    case.outcome, case.root_cause, case.remedy = found["outcome"], found["cause"], found["remedy"]
    words = "close_fast" if clockwork.settled_fast(case) else "close"
    move(office, case, "close", office.people.manager(case, case.rng))
    if case.contact_phone:
        thread.say(office, case, SYSTEM, thread.standard(office, case, words), "close", f"close:{case.id}:{case.round}")


def redo_open(office: Office, case: Case) -> bool:
    """May it still be handled again?"""
    if case.state != "closed":
        return case.state == "answered"
    return office.now <= office.hours.add(case.ended_at, office.rules.redo_window)


def redo(office: Office, case: Case, reason: str) -> None:
    """Again: first by the same handler, then by others."""
    person, number = office.people.by_id.get(case.assignee_id), case.assignee_id
    first = case.redos == 0 and person is not None and person.actor.has("handler")
    case.contacted_at = None
    if case.reply is not None and case.reply.state == "sent" and case.reply.round == case.round:
        case.reply.score = case.score  # stays with the answer that it was given for
    if case.survey and not (case.survey.sent_at or case.survey.skipped or case.survey.score):
        case.survey.skipped = "moved_on"
    move(office, case, "redo", RETAILER, target="in_progress" if first else "dispatched", reason=reason, in_redo_window=redo_open(office, case))
    case.redos += 1
    case.accepted = case.score = case.outcome = case.root_cause = case.remedy = None
    case.score_reason, case.marks = "", []
    if case.redos > 1:
        raise_to(office, case, min(HIGHEST, case.redos - 1), "redo", str(case.redos), office.now)
    if first:
        case.signed_at = case.signed_at or office.now
        clockwork.start(office, case, "update")
        office.tell([person.actor], "redone", case, f"redone:{case.id}:{case.round}")
    else:
        _to_others(office, case, number)
    clockwork.note_due(case)


def _to_others(office: Office, case: Case, number: int) -> None:
    if number not in case.former_ids:
        case.former_ids = [*case.former_ids, number]
    case.assignee_id = None
    clockwork.start(office, case, "sign")
    office.weigh(case)
    route(office, case)


def check_quality(office: Office, case: Case, passed: bool, note: str) -> None:
    """QA looks at the round."""
    actor = office.people.roles["qa"][0]
    office.add(rows.Check(office.id("quality_check"), case.id, case.round, actor.id, passed, note, office.now))
    office.trace(actor, Did.TICKET_QUALITY_SEEN.value, case, passed=passed)

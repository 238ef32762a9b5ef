"""Every job: how its row comes to be, the tables it writes to, the sweep that finds it when it was lost, and what must stand there once."""
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from accounts import letters
from accounts.models import PasswordLetter
from catalog import people
from catalog import queries as catalog
from core import clock, settings
from core.actor import RETAILER, SYSTEM
from core.db import db
from core.jobs import run
from hotline.calls import services as calls
from hotline.calls import speech
from hotline.texts import services as texts
from hotline.texts.models import Picture
from intake import services as intake
from notifications import delivery, outbox
from notifications.models import OutboundMessage
from satisfaction import queries as surveys
from satisfaction import services as satisfaction
from satisfaction.models import Survey
from tests import builders
from tests.proof.flooding import rising_now, shared, untold
from tests.proof.improving import rising, watched
from tests.triage.small import LEAVES, PLAIN, small_model
from tickets.demands import Demand, Escalation, Urging
from tickets.models import Clock, Message, Promise, Ticket
from tickets.services import closing, conversation, escalation, extending, handling, naming, replying, supervising, triaging, urging
from triage import queries
from triage.models import TriageExample, TriageModel, TriageProposal

numbers = itertools.count(1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """`effect` is a query with the row's id that must give 1. Without a sweep the job comes again as rq brings it.

    `more` are the job's arguments after the id.
    """

    make: Callable[[], int]
    tables: tuple[str, ...]
    sweep: str | None
    effect: str
    more: tuple = ()


def stored() -> int:
    raw = {"text": "The goods have not come.", "leaf": "DLV.LATE", "desired": "explanation", "shop": builders.retailer().licence_no}
    return intake.store("file", f"kill-{next(numbers)}", raw)[0].id


def dispatched() -> int:
    ticket = builders.opened()
    builders.classify(ticket)
    triaging.dispatch(ticket, SYSTEM)
    return ticket.id


def unread() -> int:
    if queries.live_model() is None:
        small_model(threshold=0.5)
    return builders.opened(PLAIN, language="zh").id


def told_twice() -> int:
    shop = builders.retailer()
    return [builders.opened(PLAIN, shop=shop, language="zh") for _contact in range(2)][1].id


def unlearned() -> int:
    """Examples and no model."""
    db.session.execute(db.update(TriageProposal).values(model_id=None))
    db.session.execute(db.delete(TriageModel))
    db.session.execute(db.delete(TriageExample).where(TriageExample.leaf_code.not_in(LEAVES)))
    return 1


def at(state: str, ago: timedelta = timedelta(0)):
    """Makes a ticket of handler0 that came to `state` so long ago."""
    def make() -> int:
        with clock.frozen(clock.now() - ago):
            return ticket(state).id
    return make


def ticket(state: str, **more) -> Ticket:
    return builders.ticket(state, **more, handler=person("handler0"), **({"reviewer": person("boss")} if state in ("answered", "closed") else {}))


def person(login: str):
    return db.session.scalar(db.select(builders.User).filter_by(login=login))


def spoken() -> int:
    return conversation.say(ticket("in_progress"), SYSTEM, f"We are working on it ({next(numbers)}).", "interim").id


def prepared() -> int:
    return outbox.prepare(spoken())


def prepared_for_many() -> int:
    outbound_id = prepared()
    db.session.get(OutboundMessage, outbound_id).lane = "mass"
    return outbound_id


def half_sent() -> int:
    with clock.frozen(clock.now() - DAY):
        outbound_id = prepared()
        delivery.claim(outbound_id)
    return outbound_id


def surveyed() -> int:
    answered = ticket("answered")
    db.session.commit()
    run("open_survey", answered.id)
    return surveys.current(answered).id


def unheard() -> int:
    """A survey that arrived and that nobody answered, where nobody waits before it is asked for once more."""
    settings.put("survey_reminder_days", 0)
    survey_id = surveyed()
    run("send_survey", survey_id)
    survey = db.session.get(Survey, survey_id)
    db.session.execute(db.update(Message).where(Message.ticket_id == survey.ticket_id, Message.purpose == "survey").values(delivery="sent"))
    return survey_id


def solved() -> int:
    settings.put("closing_by_rule", True)
    accepted = ticket("answered")
    satisfaction.accept(accepted)
    return accepted.id


def given_up() -> int:
    asked = ticket("needs_info")
    handling.give_up_asking(asked)
    conversation.system(asked, SYSTEM, "not_answered")
    return asked.id


def nobody_fits() -> int:
    waiting = db.session.get(Ticket, dispatched())
    handling.assign(waiting, None)
    return waiting.id


def tied_in() -> int:
    """A matter of a category of which compliance has a copy."""
    return ticket("dispatched", leaf="SUP.TIEIN").id


def stood_aside() -> int:
    """A ticket that was taken from its handler, who is named in it."""
    taken = ticket("in_progress")
    naming.name(taken, SYSTEM, [taken.assignee_id])
    return taken.id


def redone() -> int:
    again = ticket("answered")
    closing.redo(again, SYSTEM, "not solved")
    return again.id


def added() -> int:
    told = ticket("in_progress")
    conversation.continue_with(told, f"One more thing ({next(numbers)}).", "web")
    return told.id


def unseen() -> int:
    """A text whose picture could not be had, of which its thread does not tell yet: no provider answers here."""
    fields = {"MessageSid": f"SM{next(numbers)}", "From": f"+861380013{next(numbers):04}", "Body": "The goods came broken."}  # from another shop each time
    record, _new = texts.arrive("twilio", fields, clock.now() - DAY)
    intake.advance(record)
    picture = Picture(intake_id=record.id, place=0, provider="twilio", url="https://provider.test/1", state="refused", why="gone", not_before=clock.now())
    db.session.add(picture)
    db.session.flush()
    return picture.id


def lettered() -> int:
    user = builders.staff()
    letters.want(user, "reset")
    return db.session.scalar(db.select(PasswordLetter.id).filter_by(user_id=user.id))


def sent_back() -> int:
    weak = ticket("in_review")
    replying.send_back(weak, builders.who(person("boss")), "Name the rule.")
    return weak.id


def half_over() -> int:
    """A question of some days ago that may still be answered tomorrow."""
    asked = ticket("needs_info")
    info = db.session.scalar(db.select(Clock).filter_by(ticket_id=asked.id, kind="info"))
    info.started_at, info.due_at = clock.now() - 10 * DAY, clock.now() + DAY
    return asked.id


def overdue_clock() -> int:
    return db.session.scalar(db.select(Clock.id).where(Clock.ticket_id == at("in_progress", 60 * DAY)(), Clock.kind == "resolve"))


def raised() -> int:
    late = ticket("in_progress")
    escalation.raise_to(late, 1, "resolve", SYSTEM, "0")
    return db.session.scalar(db.select(Escalation.id).filter_by(ticket_id=late.id))


def demanded() -> int:
    return supervising.demand(ticket("in_progress"), builders.who(person("boss")), "Call the depot.").id


def demand_answered() -> int:
    demand = db.session.get(Demand, demanded())
    return supervising.answer(demand.ticket, builders.who(person("handler0")), "Called.").id


def urged() -> int:
    pressed = ticket("in_progress")
    urging.urge(pressed, RETAILER, "web")
    return db.session.scalar(db.select(Urging.id).filter_by(ticket_id=pressed.id))


def more_time() -> int:
    slow = ticket("in_progress")
    resolve = next(one for one in slow.clocks if one.kind == "resolve")
    extending.ask_extension(slow, builders.who(person("handler0")), resolve.due_at + timedelta(hours=1), "the lab is slow")
    return slow.id


def refused() -> int:
    slow = db.session.get(Ticket, more_time())
    extending.decide_extension(slow, builders.who(person("boss")), False)
    return slow.id


def year_without_a_plan() -> int:
    builders.staff(roles=("admin",), in_team=None, certificates={})
    return 2090 + next(numbers)


def spoken_to() -> int:
    """A call that is over, in which somebody said what happened."""
    fields = {"CallSid": f"CAkill{next(numbers)}", "From": "+8613800138000"}
    call, _new = calls.arrive("twilio", fields, clock.now())
    speech.keep(call, [speech.Heard("1", "The goods have not come.", 0.9)], clock.now())
    calls.note_status("twilio", fields | {"CallStatus": "completed"}, clock.now())
    return call.id


def owed() -> int:
    promise = Promise(ticket_id=ticket("closed").id, text="a new box", due_at=clock.now() - timedelta(hours=1))
    db.session.add(promise)
    db.session.flush()
    return promise.id


def away_from_today() -> int:
    """A leave that has begun, of somebody with a ticket that he has not signed for and a colleague who can take it."""
    leaver, number = builders.staff(), next(numbers)
    builders.staff(certificates={"DLV": 3})
    with clock.frozen(clock.now() - timedelta(minutes=number % 50 + 1)):
        builders.ticket("dispatched", handler=leaver)
    return people.enter_leave(SYSTEM, leaver, catalog.today(), catalog.today()).id


TOLD = "SELECT count(DISTINCT kind) FROM notice WHERE ticket_id = %s AND kind = '{}'"
TOLD_OF = "SELECT count(DISTINCT kind) FROM notice WHERE dedupe_key LIKE '{}:' || %s || ':%%'"
SAID = "SELECT count(*) FROM message WHERE dedupe_key LIKE '{}:' || %s || '{}'"
OUT = "SELECT count(*) FROM outbound_message WHERE {} = %s AND state = 'sent' AND attempts = 1"
WORDS = ("message", "audit_entry", "ticket")
NOTES = ("notice", "outbound_message")

CASES = {
    "advance": Case(stored, ("ticket", "message", "clock", "audit_entry", "intake_record"), "sweep_intake",
                    "SELECT count(*) FROM ticket JOIN intake_record USING (case_no) WHERE intake_record.id = %s AND intake_record.state = 'done'"),
    "understand": Case(unread, ("triage_proposal", "ticket", "clock", "audit_entry"), "sweep_triage",
                       "SELECT count(*) FROM triage_proposal JOIN ticket ON ticket.id = ticket_id WHERE ticket_id = %s AND automatic AND assignee_id IS NOT NULL"),
    "compare": Case(told_twice, ("duplicate_pair", "comparison"), "sweep_comparisons",
                    "SELECT count(*) FROM duplicate_pair p JOIN comparison c ON c.ticket_id = p.second_id WHERE p.second_id = %s"),
    "learn_triage": Case(unlearned, ("triage_model", "audit_entry"), "learn_triage", "SELECT count(*) FROM triage_model WHERE live AND %s = 1"),
    "acknowledge": Case(lambda: builders.opened().id, WORDS, "sweep_followups", SAID.format("ack", "")),
    "route": Case(dispatched, ("routing_decision", "audit_entry", "ticket"), "sweep_routing",
                  "SELECT count(*) FROM routing_decision JOIN ticket ON ticket.id = ticket_id WHERE ticket_id = %s AND assignee_id = chosen_id"),
    "cover_leave": Case(away_from_today, ("message", "audit_entry", "ticket"), "sweep_leave",
                        "SELECT count(*) FROM message m JOIN ticket t ON t.id = m.ticket_id JOIN leave l ON l.user_id = ANY(t.former_ids) "
                        "WHERE l.id = %s AND m.purpose = 'handler_away' AND t.assignee_id IS DISTINCT FROM l.user_id"),
    "deliver": Case(spoken, ("outbound_message", "message"), "sweep_messages", OUT.format("message_id")),
    "transmit": Case(prepared, ("outbound_message", "message"), "sweep_messages", OUT.format("id")),
    "transmit_mass": Case(prepared_for_many, ("outbound_message", "message"), "sweep_messages", OUT.format("id")),
    "sweep_messages": Case(half_sent, ("outbound_message", "message", "audit_entry", "call_task"), "sweep_messages",
                           "SELECT count(*) FROM call_task WHERE dedupe_key = 'undelivered:' || %s"),
    "open_survey": Case(at("answered"), ("survey",), "send_surveys", "SELECT count(*) FROM survey WHERE ticket_id = %s"),
    "send_survey": Case(surveyed, ("survey", *WORDS), "send_surveys",
                        "SELECT count(*) FROM message m JOIN survey s USING (ticket_id) WHERE s.id = %s AND m.purpose = 'survey' AND s.sent_at IS NOT NULL"),
    "remind_survey": Case(unheard, WORDS, "send_surveys",
                          "SELECT count(*) FROM message m JOIN survey s USING (ticket_id) WHERE s.id = %s AND m.purpose = 'survey_reminder'"),
    "close_by_rule": Case(solved, ("audit_entry", "ticket"), "watch_closing",  # its clocks stopped when the retailer accepted
                          "SELECT count(*) FROM ticket WHERE id = %s AND state = 'closed' AND closed_by_rule = 'accepted'"),
    "remind": Case(half_over, WORDS, "watch_questions", SAID.format("remind", ":%%")),
    "stop_asking": Case(at("needs_info", 14 * DAY), ("audit_entry", "ticket", "clock", "message"), "watch_questions",
                        "SELECT count(*) FROM ticket WHERE id = %s AND state <> 'needs_info'"),
    "tell_closed": Case(at("closed"), WORDS, "sweep_followups", SAID.format("close", ":%%")),
    "tell_assigned": Case(at("dispatched"), NOTES, "sweep_followups", TOLD.format("assigned")),
    "tell_nobody_fits": Case(nobody_fits, NOTES, None, TOLD.format("nobody_fits")),
    "tell_unanswered": Case(given_up, NOTES, "sweep_followups", TOLD.format("unanswered")),
    "tell_submitted": Case(at("in_review"), NOTES, "sweep_followups", TOLD.format("submitted")),
    "tell_copied": Case(tied_in, NOTES, "sweep_followups", TOLD.format("copied")),
    "tell_stood_aside": Case(stood_aside, NOTES, "sweep_followups", TOLD.format("stood_aside")),
    "tell_sent_back": Case(sent_back, NOTES, "sweep_followups", TOLD.format("sent_back")),
    "tell_redone": Case(redone, NOTES, "sweep_followups", TOLD.format("redone")),
    "tell_continued": Case(added, NOTES, "sweep_followups", TOLD.format("continued")),
    "watch_clocks": Case(at("in_progress", 60 * DAY), ("clock",), "watch_clocks",
                         "SELECT count(*) FROM clock WHERE ticket_id = %s AND kind = 'resolve' AND breached_at IS NOT NULL"),
    "watch_escalations": Case(at("in_progress", 60 * DAY), ("escalation", "ticket", "audit_entry"), "watch_escalations",
                              "SELECT count(*) FROM escalation WHERE ticket_id = %s AND why = 'resolve'"),
    "tell_raised": Case(raised, NOTES, "sweep_followups", TOLD_OF.format("raised")),
    "tell_supervised": Case(demanded, NOTES, "sweep_followups", TOLD_OF.format("supervised")),
    "tell_demand_answered": Case(demand_answered, NOTES, "sweep_followups", TOLD_OF.format("demand_answered")),
    "tell_urged": Case(urged, NOTES, "sweep_followups", TOLD_OF.format("urged")),
    "tell_extension_asked": Case(more_time, NOTES, "sweep_followups", TOLD.format("extension_asked")),
    "tell_extension_decided": Case(refused, NOTES, "sweep_followups", TOLD.format("extension_decided")),
    "tell_plan_missing": Case(year_without_a_plan, ("notice",), None, TOLD_OF.format("plan_missing")),
    "tell_clock": Case(overdue_clock, NOTES, None, "SELECT count(DISTINCT kind) FROM notice WHERE dedupe_key LIKE 'clock:' || %s || ':100:%%'",
                       more=(100,)),
    "tell_promise": Case(owed, NOTES, "watch_promises", "SELECT count(DISTINCT kind) FROM notice WHERE dedupe_key LIKE 'promise_over:' || %s || ':%%'"),
    "watch_trends": Case(rising, ("area_week", "improvement_item", "improvement_ticket", "audit_entry", "trend_look"), "watch_trends",
                         "SELECT count(*) FROM improvement_item WHERE area = 'area ' || %s AND state = 'candidate'"),
    "judge_improvement": Case(watched, ("improvement_item", "improvement_ticket", "audit_entry", "improvement_verdict"), "judge_improvements",
                              "SELECT count(*) FROM improvement_verdict v JOIN improvement_item i ON i.id = item_id WHERE i.id = %s AND state = 'verdict'"),
    "fetch_media": Case(unseen, ("message", "picture"), "sweep_media",
                        "SELECT count(*) FROM message m JOIN intake_record i USING (ticket_id) JOIN picture p ON p.intake_id = i.id "
                        "WHERE p.id = %s AND p.state = 'told' AND m.purpose = 'picture_refused'"),
    "close_call": Case(spoken_to, ("intake_record", "transcript", "call", "audit_entry"), "sweep_calls",
                       "SELECT count(*) FROM call JOIN intake_record i ON i.id = intake_id WHERE call.id = %s AND filed_as = 'ticket'"),
    "watch_hot": Case(rising_now, ("hot_issue", "audit_entry"), "watch_hot",
                      "SELECT count(*) FROM hot_issue WHERE area = 'area ' || %s AND ended_at IS NULL"),
    "tell_hot": Case(untold, NOTES, "watch_hot",
                     "SELECT count(DISTINCT kind) FROM notice WHERE path = '/desk/hot/' || %s"),
    "tend_parent": Case(shared, WORDS, "watch_parents", SAID.format("together", ":%%")),
    "send_password_link": Case(lettered, ("password_letter", "password_link"), "sweep_letters",
                               "SELECT count(*) FROM password_letter WHERE id = %s AND state = 'sent'"),
}
# These only read and enqueue (what they enqueue is killed above), or tidy up in one small transaction after the other.
# fetch_recording talks to a provider and holds no transaction meanwhile: what a kill leaves is fetched again by sweep_recordings.
# watch_arrival does in one category what watch_hot does in all.
NOT_HERE = {"watch_arrival", "watch_parents", "fetch_recording", "sweep_comparisons", "sweep_calls", "sweep_recordings", "remove_recordings",
            "sweep_intake", "sweep_triage", "relearn_triage", "sweep_routing", "sweep_followups", "send_surveys", "watch_closing", "watch_questions", "watch_promises",
            "sweep_uploads", "sweep_noise", "sweep_leave", "sweep_unsigned", "sweep_letters", "extend_calendar",
            "judge_improvements", "reconcile", "sweep_quarantine", "sweep_media", "forget_noise_calls"}

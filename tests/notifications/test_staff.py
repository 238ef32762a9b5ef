"""Who of the staff is told what, once, by which way, and in which words."""
from datetime import timedelta

import pytest

from catalog.models import Certificate
from core import clock
from core.actor import SYSTEM
from core.db import db
from core.jobs import run
from notifications import queries, staff
from notifications.models import Notice, OutboundMessage
from routing import services as routing
from tests import builders
from tickets.demands import Escalation
from tickets.services import clocks, closing, conversation, escalation, handling, naming, replying, triaging


@pytest.fixture
def people(queue, gateways):
    """One person of each kind who may hear of a logistics ticket, and some who may not."""
    made = {"handler": builders.staff(certificates={"DLV": 3}), "boss": builders.staff(roles=("manager",), leads=True),
            "expert": builders.staff(certificates={"DLV": 4}), "hotline": builders.staff(roles=("hotline",), in_team="hotline"),
            "compliance": builders.staff(roles=("compliance",), in_team="compliance"),
            "liaison": builders.staff(roles=("liaison",), in_team="enforcement"), "admin": builders.staff(roles=("admin",), in_team=None),
            "stranger": builders.staff(roles=("manager",), in_team="finance", leads=True)}
    db.session.commit()
    return made


def told(people, kind):
    ids = set(db.session.scalars(db.select(Notice.user_id).filter_by(kind=kind)))
    return {name for name, user in people.items() if user.id in ids}


def perform(queue, *jobs):
    db.session.commit()
    for job in jobs:
        queue.enqueue(*job)
    queue.run()


def test_the_handler_hears_of_his_ticket_once(people, queue):
    ticket = builders.ticket("dispatched", handler=people["handler"])
    perform(queue, ("tell_assigned", ticket.id), ("tell_assigned", ticket.id))
    assert told(people, "assigned") == {"handler"}
    assert db.session.query(Notice).filter_by(kind="assigned").count() == 1


def test_the_same_handler_hears_of_it_again_when_he_gets_it_again(people, queue):
    ticket = builders.ticket("dispatched", handler=people["handler"])
    perform(queue, ("tell_assigned", ticket.id))
    handling.assign(ticket, people["handler"])
    perform(queue)
    assert db.session.query(Notice).filter_by(kind="assigned").count() == 2


def test_a_ticket_that_he_has_signed_is_no_news(people, queue):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    queue.clear()
    perform(queue, ("tell_assigned", ticket.id))
    assert told(people, "assigned") == set()


def test_the_managers_of_the_team_hear_that_nobody_fits(people, queue):
    ticket = builders.ticket("dispatched", handler=False)
    perform(queue, ("tell_nobody_fits", ticket.id))
    assert told(people, "nobody_fits") == {"boss"}
    handling.assign(ticket, people["handler"])


def test_nobody_hears_that_nobody_fits_when_somebody_does(people, queue):
    ticket = builders.ticket("dispatched", handler=people["handler"])
    perform(queue, ("tell_nobody_fits", ticket.id))
    assert told(people, "nobody_fits") == set()


def test_of_a_sealed_ticket_only_those_who_may_see_it_hear(people, queue):
    ticket = builders.opened(kind="report")
    ticket.severity = "S1"
    perform(queue, ("acknowledge", ticket.id))
    assert told(people, "s1") == {"compliance", "liaison"}


def test_a_critical_ticket_wakes_hotline_and_managers_once(people, queue):
    ticket = builders.opened(severity="S1")
    perform(queue, ("acknowledge", ticket.id))
    assert told(people, "s1") == {"hotline", "boss", "stranger"}
    builders.walk(ticket, "dispatched", severity="S1", handler=people["handler"])
    perform(queue, ("tell_assigned", ticket.id))
    assert db.session.query(Notice).filter_by(kind="s1").count() == 3


def test_a_manager_who_is_named_does_not_hear_of_it(people, queue):
    ticket = builders.opened(severity="S1")
    ticket.named_ids = [people["boss"].id]
    perform(queue, ("acknowledge", ticket.id))
    assert told(people, "s1") == {"hotline", "stranger"}


def test_the_handler_hears_of_each_new_word(people, queue):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    for text in ("One more thing.", "And another."):
        conversation.continue_with(ticket, text, "web")
        perform(queue, ("tell_continued", ticket.id))
    assert db.session.query(Notice).filter_by(kind="continued").count() == 2
    assert told(people, "continued") == {"handler"}


def test_reviewers_hear_of_an_answer_but_never_its_author(people, queue):
    ticket = builders.ticket("in_review", handler=people["expert"])
    perform(queue, ("tell_submitted", ticket.id))
    assert told(people, "submitted") == {"boss"}


def test_a_certified_colleague_may_review(people, queue):
    builders.ticket("in_review", handler=people["handler"])
    perform(queue)
    assert told(people, "submitted") == {"boss", "expert"}


def test_licence_answers_are_reviewed_by_compliance(people, queue):
    builders.ticket("in_review", leaf="REG.LICENCE")
    perform(queue)
    assert told(people, "submitted") == {"compliance"}


def test_the_author_hears_that_it_came_back(people, queue):
    ticket = builders.ticket("in_review", handler=people["handler"])
    replying.send_back(ticket, builders.who(people["boss"]), "Say when.")
    perform(queue, ("tell_sent_back", ticket.id))
    assert told(people, "sent_back") == {"handler"}


def test_the_handler_hears_of_a_first_redo(people, queue):
    ticket = builders.ticket("answered", handler=people["handler"])
    closing.redo(ticket, SYSTEM, "not solved")
    perform(queue, ("tell_redone", ticket.id))
    assert told(people, "redone") == {"handler"}


def running(ticket, kind):
    return next(iter(clocks.running(ticket, kind)))


@pytest.mark.parametrize(("level", "kind", "hearers"), [(70, "due_soon", {"handler"}), (90, "due_soon", {"handler"}),
                                                        (100, "breached", {"handler"})])
def test_clocks_warn_the_handler_and_alarm_him(people, queue, level, kind, hearers):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    perform(queue, *[("tell_clock", running(ticket, "resolve").id, level)] * 2)
    assert told(people, kind) == hearers
    assert db.session.query(Notice).filter_by(kind=kind).count() == len(hearers)
    assert ticket.escalation == 0


def test_who_got_more_time_is_warned_again(people, queue):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    resolve = running(ticket, "resolve")
    for _round in range(2):
        perform(queue)
        with clock.frozen(resolve.at_70 + timedelta(minutes=1)):
            perform(queue, ("watch_clocks",), ("watch_clocks",))
            clocks.extend(ticket, resolve.due_at + timedelta(days=7))
        perform(queue)
    assert db.session.query(Notice).filter_by(kind="due_soon", user_id=people["handler"].id).count() == 2


def test_a_clock_that_was_stopped_in_time_alarms_nobody(people, queue):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    resolve = running(ticket, "resolve")
    clocks.stop(ticket, ("resolve",))
    perform(queue, ("tell_clock", resolve.id, 100))
    assert told(people, "breached") == set()
    assert ticket.escalation == 0


@pytest.mark.parametrize(("level", "kind"), [(70, "due_soon"), (90, "due_soon"), (100, "breached")])
def test_before_dispatch_the_hotline_is_warned_and_alarmed(people, queue, level, kind):
    ticket = builders.opened()
    perform(queue, ("tell_clock", running(ticket, "triage").id, level))
    assert told(people, kind) == {"hotline"}


@pytest.mark.parametrize(("state", "level", "hearers"), [
    ("in_progress", 1, {"boss"}), ("in_progress", 2, {"boss"}), ("in_progress", 3, {"boss", "qa"}), ("received", 1, {"boss", "stranger"}),
    ("received", 3, {"boss", "stranger", "qa"})])
def test_a_level_is_told_once_to_those_whom_it_concerns(people, queue, state, level, hearers):
    people["qa"] = builders.staff(roles=("qa",), in_team=None)
    ticket = builders.ticket(state, **({"handler": people["handler"]} if state != "received" else {}))
    escalation.raise_to(ticket, level, "resolve", SYSTEM, "1")
    (raised,) = db.session.scalars(db.select(Escalation.id))
    perform(queue, *[("tell_raised", raised)] * 2)
    assert told(people, f"raised_{level}") == hearers
    assert db.session.query(Notice).filter_by(kind=f"raised_{level}").count() == len(hearers)


def test_the_person_named_and_those_outside_the_seal_hear_of_no_level(people, queue):
    named, sealed = builders.ticket("in_progress", handler=people["handler"]), builders.ticket("in_progress", handler=people["handler"])
    named.named_ids, sealed.sealed = [people["boss"].id], True
    for ticket in (named, sealed):
        escalation.raise_to(ticket, 3, "resolve", SYSTEM, "1")
    perform(queue)
    assert "boss" not in told(people, "raised_3")
    assert told(people, "raised_3") == {"compliance", "liaison"}


def test_an_answered_ticket_is_the_managers_matter(people, queue):
    ticket = builders.ticket("answered", handler=people["handler"])
    perform(queue, ("tell_clock", running(ticket, "callback").id, 90))
    assert told(people, "due_soon") == {"boss"}


@pytest.mark.parametrize(("language", "words"), [("en", "You have a new ticket"), ("zh", "")])
def test_words_by_email_hold_the_number_and_the_link_and_nothing_else(people, queue, gateways, language, words):
    people["handler"].notify_by, people["handler"].language = "email", language
    ticket = builders.ticket("dispatched", handler=people["handler"], text="The driver was drunk.", leaf="DLV.LATE")
    perform(queue, ("tell_assigned", ticket.id), ("tell_assigned", ticket.id))
    (sent,) = gateways["email"].sent
    assert sent.to == people["handler"].email
    assert words in sent.body
    assert f"http://redress.test/desk/tickets/{ticket.case_no}" in sent.body
    for secret in (ticket.subject, ticket.contact_phone, ticket.retailer.shop_name, ticket.leaf.name_en):
        assert secret not in sent.body + sent.subject


def test_words_by_text_message(people, queue, gateways):
    people["handler"].notify_by, people["handler"].phone = "sms", "+8613800009999"
    builders.ticket("dispatched", handler=people["handler"])
    perform(queue)
    assert [sent.to for sent in gateways["sms"].sent if sent.to == "+8613800009999"] == ["+8613800009999"]


def test_without_an_address_the_page_must_do(people, queue, gateways):
    people["handler"].notify_by, people["handler"].phone = "sms", None
    ticket = builders.ticket("dispatched", handler=people["handler"])
    perform(queue)
    assert told(people, "assigned") == {"handler"}
    assert db.session.query(OutboundMessage).filter_by(user_id=people["handler"].id).count() == 0
    assert ticket.assignee_id == people["handler"].id


def test_leavers_hear_nothing(people, queue):
    people["boss"].active = False
    ticket = builders.ticket("dispatched", handler=False)
    perform(queue, ("tell_nobody_fits", ticket.id))
    assert told(people, "nobody_fits") == set()


def test_notices_are_read_one_by_one_or_all(people, queue):
    for _ in range(3):
        builders.ticket("dispatched", handler=people["handler"])
    perform(queue)
    user = people["handler"].id
    newest = db.session.scalars(queries.notices(user)).first()
    assert queries.unread(user) == 3
    staff.mark_read(people["boss"].id, newest.id)
    assert queries.unread(user) == 3, "only one's own"
    staff.mark_read(user, newest.id)
    assert queries.unread(user) == 2
    staff.mark_read(user)
    assert queries.unread(user) == 0


def swept(queue, later):
    """The jobs that the sweep brings again, `later` from now."""
    queue.clear()
    with clock.frozen(clock.now() + later):
        run("sweep_followups")
    return queue.waiting


@pytest.mark.parametrize(("column", "level"), [("at_70", 70), ("at_90", 90), ("due_at", 100)])
def test_a_lost_alarm_is_told_by_the_sweep_once(people, queue, column, level):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    passed = clocks.running(ticket, "resolve")[0]
    db.session.commit()
    with clock.frozen(getattr(passed, column)):
        run("watch_clocks")
        assert ("tell_clock", passed.id, level) in swept(queue, timedelta(minutes=2))
        run("tell_clock", passed.id, level)
        assert ("tell_clock", passed.id, level) not in swept(queue, timedelta(minutes=2))
        assert ("tell_clock", passed.id, level) not in swept(queue, timedelta(days=2))


def sent_back(people):
    ticket = builders.ticket("in_review", handler=people["handler"])
    replying.send_back(ticket, builders.who(people["expert"]), "Say which day.")
    return ticket


def redone(people):
    ticket = builders.ticket("answered", handler=people["handler"])
    closing.redo(ticket, SYSTEM, "not solved")
    return ticket


def continued(people):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    conversation.continue_with(ticket, "One more thing.", "web")
    return ticket


def unanswered(people):
    ticket = builders.ticket("needs_info", handler=people["handler"])
    handling.give_up_asking(ticket)
    conversation.system(ticket, SYSTEM, "not_answered")
    return ticket


def stood_aside(people):
    ticket = builders.ticket("in_progress", handler=people["handler"])
    naming.name(ticket, SYSTEM, [people["handler"].id])
    return ticket


def tied_in(people):
    return builders.ticket("dispatched", leaf="SUP.TIEIN")


LOST = {"unanswered": unanswered, "copied": tied_in, "stood_aside": stood_aside, "redone": redone, "continued": continued,
        "submitted": lambda people: builders.ticket("in_review", handler=people["handler"]), "sent_back": sent_back,
        "nobody_fits": lambda people: waiting_in_the_queue()}


def waiting_in_the_queue():
    db.session.execute(db.delete(Certificate))
    ticket = builders.opened()
    builders.classify(ticket)
    triaging.dispatch(ticket, SYSTEM)
    routing.route(ticket)
    return ticket


@pytest.mark.parametrize("kind", LOST)
def test_a_lost_notice_is_told_by_the_sweep_once(people, queue, kind):
    ticket = LOST[kind](people)
    db.session.commit()
    assert (f"tell_{kind}", ticket.id) not in swept(queue, timedelta(seconds=30))
    assert (f"tell_{kind}", ticket.id) in swept(queue, timedelta(minutes=2))
    run(f"tell_{kind}", ticket.id)
    assert told(people, kind)
    assert (f"tell_{kind}", ticket.id) not in swept(queue, timedelta(minutes=2))


def test_what_was_added_before_there_was_a_handler_is_no_news_to_him(people, queue):
    ticket = builders.opened()
    conversation.continue_with(ticket, "One more thing.", "web")
    builders.walk(ticket, "in_progress", handler=people["handler"])
    db.session.commit()
    assert ("tell_continued", ticket.id) not in swept(queue, timedelta(minutes=2))


def test_a_comment_to_a_rating_is_not_looked_for(people, queue):
    ticket = builders.ticket("answered", handler=people["handler"])
    conversation.take_in(ticket, "Thank you.", "web")
    db.session.commit()
    assert ("tell_continued", ticket.id) not in swept(queue, timedelta(minutes=2))

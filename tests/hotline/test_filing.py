"""What becomes of a call: a ticket, words for an open one, noise, nothing; each once."""
from datetime import timedelta

import pytest

from core import clock
from core.audit import AuditEntry
from core.db import db
from core.errors import DomainError, NotAllowed
from hotline.models import Transcript
from hotline.taking import filing, queries, services
from hotline.transcripts import confirming
from hotline.transcripts import queries as written
from hotline.transcripts import services as transcripts
from intake import services as intake
from intake.models import IntakeRecord
from retailers.queries import opted_out
from tests.builders import opened, retailer, staff, ticket, who
from tests.hotline import ringing
from tests.triage.small import PLAIN, small_model
from tickets.models import CallTask, Ticket
from triage.models import TriageProposal

RAW = {"text": "Two cartons are missing.", "language": "en", "kind": "complaint", "consents": ["recording", "identity", "sms"]}


@pytest.fixture
def agent(database):
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def tickets() -> int:
    return db.session.scalar(db.select(db.func.count(Ticket.id)))


def test_a_call_becomes_a_ticket_under_its_own_number(agent, queue):
    shop = retailer(phone=ringing.CALLER)
    call = ringing.call()
    services.take(call, agent)
    made = filing.file_ticket(call, agent, RAW | {"shop": shop.licence_no, "phone": ringing.CALLER, "amount": "260"})
    record = db.session.get(IntakeRecord, call.intake_id)
    assert (record.channel, record.external_id, record.sender, record.captured_by_id) == ("phone", call.sid, ringing.CALLER, agent.id)
    assert (made.retailer_id, made.contact_phone, made.amount, made.state) == (shop.id, ringing.CALLER, "260", "received")
    assert (call.filed_as, call.filed_by_id, call.ticket_id, call.draft) == ("ticket", agent.id, made.id, {})


def test_filing_twice_makes_one(agent):
    call = ringing.call()
    first, before = filing.file_ticket(call, agent, RAW), tickets()
    assert filing.file_ticket(call, agent, RAW | {"text": "again"}) is first
    assert filing.link(call, agent, first, RAW) is first
    filing.noise(call, agent)
    assert (tickets(), call.filed_as) == (before, "ticket")


def test_the_job_finds_nothing_left_to_do(agent, queue):
    made = filing.file_ticket(ringing.call(), agent, RAW)
    db.session.commit()
    assert any(name == "advance" for name, *_args in queue.waiting)
    queue.run()
    assert [m.body for m in made.messages if m.kind == "in"] == [RAW["text"]]


def test_with_a_category_it_is_dispatched_at_once_by_whoever_took_the_call(agent):
    made = filing.file_ticket(ringing.call(), agent, RAW | {"leaf": "DLV.LATE"})
    assert (made.state, made.leaf_code, made.team.code) == ("dispatched", "DLV.LATE", "logistics")
    assert made.desired_outcome
    trace = db.session.scalars(db.select(AuditEntry).filter_by(ticket_id=made.id, action="ticket.triaged")).one()
    assert trace.actor_id == agent.id


def test_the_severity_that_was_chosen_counts_else_what_the_words_say(agent):
    assert filing.file_ticket(ringing.call(), agent, RAW | {"leaf": "DLV.LATE", "severity": "S4"}).severity == "S4"
    assert filing.file_ticket(ringing.call(), agent, RAW | {"leaf": "DLV.LATE"}).severity == "S3"


def test_what_its_words_seal_is_filed_and_left_to_others(agent):
    call = ringing.call()
    made = filing.file_ticket(call, agent, RAW | {"text": "He wants a bribe.", "leaf": "DLV.LATE"})
    assert (made.sealed, made.state, made.leaf_code, call.filed_as) == (True, "received", None, "ticket")


def test_a_sealed_category_is_kept_and_dispatched_by_nobody_here(agent):
    made = filing.file_ticket(ringing.call(), agent, RAW | {"leaf": "SVC.CONDUCT"})
    assert (made.sealed, made.state, made.leaf_code) == (True, "received", "SVC.CONDUCT")


def doubtful(agent):
    """A call in which the machine was not sure of the words, filed with a category."""
    call = ringing.call("talking")
    ringing.says(call, "They took three thousand twice", 0.6)
    return call, filing.file_ticket(call, agent, RAW | {"text": PLAIN, "language": "zh", "leaf": "ORD.ERROR"})


def test_words_that_are_not_sure_hold_up_the_dispatch_not_the_filing(agent):
    call, made = doubtful(agent)
    kept = db.session.scalars(db.select(Transcript).filter_by(call_id=call.id)).one()
    assert (made.state, made.leaf_code, call.filed_as, kept.intake_id) == ("received", "ORD.ERROR", "ticket", call.intake_id)


def test_once_they_are_confirmed_the_machine_does_not_decide_otherwise(agent, queue):
    small_model(threshold=0.5)
    _call, made = doubtful(agent)
    db.session.commit()
    queue.run()
    for transcript in written.of_ticket(made):
        for number in confirming.waiting(transcript.marks):
            transcripts.decide(agent, transcript, number, transcript.marks[number]["text"])
    db.session.commit()
    queue.run()
    assert made.leaf_code == "ORD.ERROR"
    assert db.session.scalars(db.select(TriageProposal).filter_by(ticket_id=made.id)).one().automatic is False


def test_words_are_added_to_an_open_ticket(agent):
    other = ticket("in_progress", shop=retailer(phone=ringing.CALLER))
    call, before = ringing.call(), tickets()
    assert filing.link(call, agent, other, RAW) is other
    assert other.messages[-1].body == RAW["text"]
    assert (tickets(), call.filed_as, call.ticket_id) == (before, "linked", other.id)


def test_a_ticket_that_has_just_ended_goes_on_in_a_new_one(agent):
    ended = ticket("closed")
    made = filing.link(ringing.call(), agent, ended, RAW)
    assert made.id != ended.id
    assert made.facts["continues"] == ended.case_no


def test_noise_makes_no_ticket(agent):
    call, before = ringing.call(), tickets()
    filing.noise(call, agent)
    assert (tickets(), call.filed_as, call.ticket_id) == (before, "noise", None)


def stored_by_itself(call):
    record, _new = intake.store("phone", call.sid, {"text": "buy our lamps", "language": "en"}, sender=call.caller)
    call.intake_id = record.id
    db.session.flush()
    return record


def test_noise_puts_aside_the_ticket_that_a_message_became(agent):
    call = ringing.call("ended", outcome="message")
    made = intake.advance(stored_by_itself(call))
    filing.noise(call, agent)
    assert (made.state, made.leaf_code, call.ticket_id) == ("declined", "OTH.NOISE", made.id)


@pytest.mark.parametrize("advanced", [True, False])
def test_words_of_a_call_whose_message_was_stored_already_join_its_ticket(agent, advanced):
    call = ringing.call("ended", outcome="answered")
    record, before = stored_by_itself(call), tickets()
    if advanced:
        intake.advance(record)
    made = filing.file_ticket(call, agent, RAW)
    assert [m.body for m in made.messages if m.kind == "in"] == ["buy our lamps", RAW["text"]]
    assert (tickets(), call.intake_id, made.case_no) == (before + 1, record.id, record.case_no)


def test_what_breaks_while_a_ticket_is_made_is_left_to_the_job(agent, queue, app, monkeypatch):
    call = ringing.call()
    monkeypatch.setitem(app.extensions, "recognisers", ())
    assert filing.file_ticket(call, agent, RAW) is None
    monkeypatch.undo()
    db.session.commit()
    assert (call.filed_as, call.ticket_id) == ("ticket", None)
    queue.run()
    assert db.session.get(IntakeRecord, call.intake_id).ticket_id is not None


def test_whoever_wants_no_text_messages_gets_none(agent):
    filing.file_ticket(ringing.call(), agent, RAW | {"consents": ["recording"], "refused": ["sms"]})
    assert opted_out(ringing.CALLER)
    filing.file_ticket(ringing.call(caller="+8613900139002"), agent, RAW)
    assert not opted_out("+8613900139002")


def test_a_promised_call_back_becomes_a_call_task_with_its_time(agent):
    call = ringing.call()
    at = clock.now() + timedelta(hours=3)
    services.promise(call, agent, at)
    made = filing.file_ticket(call, agent, RAW)
    task = db.session.scalars(db.select(CallTask).filter_by(ticket_id=made.id, reason="promised_call")).one()
    assert task.due_at == at


def test_reaching_somebody_settles_his_other_missed_calls(agent):
    earlier, other, stranger = ringing.missed(ago=900), ringing.missed(ago=600), ringing.missed(caller="+8613900139009")
    filing.file_ticket(other, agent, RAW)
    assert (earlier.filed_as, stranger.filed_as) == ("nothing", None)


def test_callers_without_a_number_are_not_one_person(agent):
    one, other = ringing.missed(caller=""), ringing.missed(caller="")
    filing.nothing(one, agent)
    assert other.filed_as is None


def test_filing_leaves_a_trace(agent):
    call = ringing.call()
    made = filing.file_ticket(call, agent, RAW)
    trace = db.session.scalars(db.select(AuditEntry).filter_by(action="call.filed")).one()
    assert (trace.ticket_id, trace.detail["result"], trace.actor_id) == (made.id, "ticket", agent.id)


def test_a_call_is_taken_by_one_person(agent):
    call = ringing.call()
    services.take(call, agent)
    services.take(call, agent)
    other = who(staff(roles=("hotline",), in_team="hotline", certificates={}))
    with pytest.raises(DomainError) as refused:
        services.take(call, other)
    assert refused.value.code == "taken"
    assert (call.state, call.answered_by_id) == ("talking", agent.id)
    assert len(db.session.scalars(db.select(AuditEntry).filter_by(action="call.taken")).all()) == 1


def test_nobody_takes_a_call_that_is_over(agent):
    with pytest.raises(DomainError) as refused:
        services.take(ringing.missed(), agent)
    assert refused.value.code == "over"


def test_a_call_begun_by_hand_is_one_however_often_the_key_is_pressed(agent):
    first = services.by_hand(agent, "k1")
    assert services.by_hand(agent, "k1").id == first.id
    assert (first.provider, first.state, first.answered_by_id) == ("desk", "talking", agent.id)
    filing.nothing(first, agent)
    assert (first.state, first.outcome) == ("ended", "answered")


def test_two_shops_with_one_number_are_not_guessed(agent):
    one, _other = retailer(phone=ringing.CALLER), retailer(phone=ringing.CALLER)
    call = ringing.call()
    assert queries.shop_of(call) is None
    assert len(queries.shops_of(call.caller)) == 2
    services.choose_shop(call, one)
    assert queries.shop_of(call) is one
    services.choose_shop(call, None)
    assert queries.shop_of(call) is None


@pytest.mark.parametrize("shops", [1, 2])
def test_a_shop_that_it_is_not_is_not_linked_by_its_number(agent, shops):
    for _number in range(shops):
        retailer(phone=ringing.CALLER, email="shop@example.test", support_needs=True)
    call = ringing.call()
    services.choose_shop(call, None)
    made = filing.file_ticket(call, agent, RAW | {"phone": ringing.CALLER, "name": "A cousin"})
    assert (made.retailer_id, made.contact_name, made.contact_email, made.support_needs) == (None, "A cousin", None, False)
    assert (made.contact_phone, "shops" in made.facts) == (ringing.CALLER, False)


def test_who_calls_is_found_by_licence_name_or_number(agent):
    shop = retailer(phone="+8613900139077", shop_name="Harbour Corner")
    for typed in (shop.licence_no, "harbour corner", "139 0013 9077"):
        call = services.by_hand(agent, typed)
        assert services.say_who(call, typed) is shop
        assert queries.shop_of(call) is shop


def test_lists_of_the_desk(agent):
    waiting, talking = ringing.call(ago=10), ringing.call("talking")
    lost, written = ringing.missed(caller="+8613900139005"), ringing.call("ended", outcome="answered", caller="+8613900139006")
    ringing.call("ended", outcome="self_served")
    assert queries.live() == [talking, waiting]
    assert queries.to_write() == [written]
    assert [line.call for line in queries.to_return()] == [lost]
    assert queries.longest_waiting() is waiting


def test_a_manager_may_not_decide_over_what_was_sealed(database):
    boss = who(staff(roles=("manager",), leads=True, certificates={}))
    hidden = opened("He wants a bribe.")
    call = ringing.call("ended", outcome="message")
    call.intake_id = db.session.scalar(db.select(IntakeRecord.id).filter_by(ticket_id=hidden.id))
    with pytest.raises(NotAllowed):
        filing.noise(call, boss)

"""A transcript becomes a ticket, waits for its doubts, and its corrections reach the ticket."""
import pytest
import sqlalchemy as sa

from catalog import queries as catalog
from core import settings
from core.audit import AuditEntry
from core.db import db
from core.errors import DomainError, NotFound
from hotline.models import Transcript
from hotline.transcripts import confirming, queries, reading, services
from hotline.transcripts.services import Told
from intake.models import IntakeRecord
from tests.builders import opened, retailer, staff, who
from tests.hotline.transcripts.talks import CALL, CLEAR, WORDS, agent, confirm, filed, number_of
from tests.triage.small import run, small_model
from tickets import queries as tickets
from tickets.models import Ticket
from tickets.services import merging, noise, triaging
from triage import queries as triage


def ticket_of(record) -> Ticket:
    return db.session.get(Ticket, record.ticket_id)


def test_the_callers_words_become_the_ticket(queue):
    record, made = filed()
    run(queue)
    ticket = ticket_of(record)
    assert (ticket.channel, ticket.messages[0].body, ticket.state) == ("phone", WORDS, "received")
    assert queries.of_ticket(ticket) == [made]
    assert queries.ticket_of(made) is ticket


def test_filing_twice_with_one_key_is_filing_once(database):
    actor, talk = who(agent()), reading.read(CALL)
    first, second = (services.file(actor, "the same key", talk, "paste", Told()) for _ in range(2))
    assert first == second
    assert db.session.scalar(db.select(db.func.count()).select_from(Transcript)) == 1


def test_it_does_not_dispatch_before_its_doubts_are_confirmed(queue):
    small_model(threshold=0.01)
    record, made = filed()
    run(queue)
    ticket = ticket_of(record)
    assert "unconfirmed" in triage.proposal(ticket).waits
    triaging.classify(ticket, who(agent()), catalog.leaf("PAY.DEBIT"), "S2", desired_outcome="money")
    with pytest.raises(DomainError) as refused:
        triaging.dispatch(ticket, who(agent()))
    assert refused.value.code == "transcript_confirmed"
    assert (ticket.state, ticket.assignee_id) == ("received", None)
    confirm(who(agent()), made)
    triaging.dispatch(ticket, who(agent()))
    assert ticket.state == "dispatched"


def test_a_clear_transcript_is_confirmed_from_the_beginning(queue):
    small_model(threshold=0.01)
    settings.put("seal_words", "")
    record, made = filed(CLEAR)
    assert made.confirmed_at == made.at
    run(queue)
    assert ticket_of(record).state == "dispatched"


def test_corrections_reach_the_words_the_subject_and_the_search(queue):
    record, made = filed()
    run(queue)
    ticket, actor = ticket_of(record), who(agent())
    services.decide(actor, made, number_of(made, "井窍"), "紧俏")
    services.decide(actor, made, number_of(made, "三千八百六"), "3860元")
    assert ticket.messages[0].body == WORDS.replace("井窍", "紧俏").replace("三千八百六", "3860元")
    assert ticket.subject.startswith("紧俏的货订不到，扣了3860元")
    assert "紧俏" in ticket.search_tokens
    assert "录音" not in ticket.search_tokens  # our own words are not searched
    assert record.raw["text"] == WORDS
    assert made.original == CALL
    mark = made.marks[number_of(made, "井窍")]
    assert (mark["decided"], mark["by"]) == ("紧俏", actor.id)
    assert mark["at"]


def test_confirmed_words_are_read_again_and_then_go_their_way(queue):
    small_model(threshold=0.01)
    record, made = filed()
    run(queue)
    ticket, actor = ticket_of(record), who(agent())
    assert "amount" not in triage.proposal(ticket).facts
    services.decide(actor, made, number_of(made, "三千八百六"), "3860元")
    confirm(actor, made)
    run(queue)
    proposal = triage.proposal(ticket)
    assert (proposal.facts["amount"], proposal.facts["order_no"], proposal.waits, ticket.state) == ("3860", "2611190114", [], "dispatched")
    assert (ticket.amount, proposal.automatic) == ("3860", True)
    queue.enqueue("understand", ticket.id)
    read_at = proposal.at
    run(queue)
    assert triage.proposal(ticket).at == read_at


def test_a_lost_second_reading_is_found_by_the_sweep(queue):
    small_model(threshold=0.01)
    record, made = filed()
    run(queue)
    assert triage.unread() == []
    confirm(who(agent()), made)
    queue.clear()
    assert triage.unread() == [record.ticket_id]
    queue.enqueue("sweep_triage")
    run(queue)
    assert ticket_of(record).state == "dispatched"
    assert triage.unread() == []


def test_what_is_decided_before_there_is_a_ticket_goes_into_it(queue):
    record, made = filed()
    services.decide(who(agent()), made, number_of(made, "井窍"), "紧俏")
    run(queue)
    assert ticket_of(record).messages[0].body == WORDS.replace("井窍", "紧俏")
    assert record.raw["text"] == WORDS


def test_a_decision_can_be_taken_back(queue):
    record, made = filed()
    run(queue)
    number = number_of(made, "没有")
    for text in ("有", "没有"):
        services.decide(who(agent()), made, number, text)
    assert ticket_of(record).messages[0].body == WORDS


@pytest.mark.parametrize(("number", "text", "code"), [(99, "x", "no_mark"), (-1, "x", "no_mark"), (0, "  ", "no_words"), (0, "x" * 2001, "too_long")])
def test_what_is_no_decision_is_refused(database, number, text, code):
    _record, made = filed()
    with pytest.raises(DomainError) as refused:
        services.decide(who(agent()), made, number, text)
    assert refused.value.code == code


def test_one_key_confirms_all_that_must_be_confirmed_in_a_turn(queue):
    """What was decided there before stays, what is only proposed stays open, and so do the other turns."""
    _record, made = filed()
    actor = who(agent())
    services.decide(actor, made, number_of(made, "三千八百六"), "3860元")
    for _time in range(2):
        services.decide_turn(actor, made, number_of(made, "没有"))
    decided = {mark["text"]: mark["decided"] for mark in made.marks}
    assert (decided["三千八百六"], decided["没有"], decided["井窍"]) == ("3860元", "没有", None)
    assert {mark["turn"] for mark in made.marks if mark["decided"]} == {1}
    assert made.confirmed_at is not None
    with pytest.raises(DomainError) as refused:
        services.decide_turn(actor, made, 99)
    assert refused.value.code == "no_mark"


def test_a_corrected_word_can_seal(queue):
    record, made = filed("来电：他要号处费，没有就不给货。")
    run(queue)
    ticket = ticket_of(record)
    assert not ticket.sealed
    services.decide(who(agent()), made, number_of(made, "号处费"), "好处费")
    assert ticket.sealed
    assert ticket.search_tokens == ""


def test_the_original_never_changes_and_stays(database):
    _record, made = filed()
    for statement in ("UPDATE transcript SET original = 'x' WHERE id = :id", "DELETE FROM transcript WHERE id = :id"):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.text(statement), {"id": made.id})


def test_whoever_may_not_see_the_ticket_sees_no_transcript(queue):
    actor = who(agent())
    record, made = filed(actor=actor)
    other = who(agent())
    assert queries.seen_by(actor, made.id) is made
    with pytest.raises(NotFound):
        queries.seen_by(other, made.id)
    run(queue)
    assert queries.seen_by(other, made.id) is made
    triaging.seal(ticket_of(record), other)
    with pytest.raises(NotFound):
        queries.seen_by(actor, made.id)
    assert queries.seen_by(who(staff(roles=("compliance",), in_team="compliance", certificates={})), made.id) is made


def test_a_transcript_follows_its_words_into_another_ticket_and_back(queue):
    shop, actor = retailer(), who(agent())
    into = opened("The same matter.", shop=shop)
    record, made = filed(shop=shop)
    run(queue)
    ticket = ticket_of(record)
    merging.merge(ticket, actor, into)
    assert (queries.of_ticket(into), tickets.has_unconfirmed(into)) == ([made], True)
    confirm(actor, made)
    assert not tickets.has_unconfirmed(into)
    merging.unmerge(ticket, actor)
    assert (queries.of_ticket(ticket), tickets.has_unconfirmed(ticket)) == ([made], False)


def test_removed_noise_leaves_no_transcript(queue):
    record, made = filed()
    run(queue)
    noise.remove(ticket_of(record))
    db.session.expire_all()
    assert (made.original, made.turns, made.marks) == ("", [], [])


def test_the_trail_tells_when_it_came_and_when_it_was_confirmed(queue):
    record, made = filed()
    run(queue)
    services.decide(who(agent()), made, number_of(made, "井窍"), "紧俏")
    confirm(who(agent()), made)
    told = {row.action: row.detail for row in db.session.scalars(db.select(AuditEntry).where(AuditEntry.action.like("transcript.%")))}
    assert told["transcript.added"] == {"format": "plain", "marks": len(made.marks)}
    assert told["transcript.confirmed"] == {"marks": len(made.marks), "corrected": 1}


def test_ended_matters_keep_their_words(queue):
    record, made = filed()
    run(queue)
    triaging.classify(ticket_of(record), who(agent()), catalog.leaf("OTH.NOISE"), "S4")
    triaging.decline_noise(ticket_of(record), who(agent()))
    with pytest.raises(DomainError) as refused:
        services.decide(who(agent()), made, 0, "x")
    assert refused.value.code == "ended"


def test_the_certainty_is_a_setting(database):
    talk = reading.read('[{"speaker": "caller", "text": "你好", "confidence": 0.9}]')
    assert services.marks_for(talk.turns, "zh") == []
    settings.put("transcript_sure", 0.95)
    assert [mark.text for mark in services.marks_for(talk.turns, "zh")] == ["你好"]


def test_a_call_brings_its_transcript_without_an_arrival_of_its_own(database):
    ticket = opened("He called.")
    made = services.make(reading.read(CALL), "call", ticket_id=ticket.id)
    assert tickets.has_unconfirmed(ticket)
    assert queries.ticket_of(made) is ticket
    services.decide(who(agent()), made, 0, "紧俏")
    assert ticket.messages[0].body == "He called."  # words that are not the transcript's stay as somebody wrote them
    assert confirming.waiting(made.marks)


def test_demo_removal_takes_a_transcript_along(queue):
    record, made = filed()
    run(queue)
    made_id, ticket_id = made.id, record.ticket_id
    db.session.execute(sa.text("SET LOCAL redress.purge = 'on'"))
    db.session.execute(sa.update(IntakeRecord).where(IntakeRecord.id == record.id).values(ticket_id=None))
    db.session.execute(sa.delete(Ticket).where(Ticket.id == ticket_id))
    db.session.execute(sa.delete(IntakeRecord).where(IntakeRecord.id == record.id))
    db.session.expire_all()
    assert db.session.get(Transcript, made_id) is None

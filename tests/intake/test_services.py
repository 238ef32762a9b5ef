"""Raw first, then a ticket, whatever gets lost in between."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.jobs import run
from intake import recognise, services
from intake.models import IntakeRecord
from tests.builders import opened, retailer, staff, ticket
from tickets import case_number
from tickets.models import Ticket
from tickets.services import numbering


def count(database, model=Ticket):
    return database.session.scalar(select(func.count()).select_from(model))


def test_a_stored_arrival_becomes_one_ticket(database, queue):
    record, new = services.store("web", "k1", {"text": "The goods have not come.", "phone": "+8613800131111", "kind": "complaint"})
    database.session.commit()
    assert new
    assert case_number.is_valid(record.case_no)
    queue.run()
    queue.enqueue("advance", record.id)
    queue.run()
    made = database.session.get(Ticket, record.ticket_id)
    assert (made.case_no, made.token, made.state) == (record.case_no, record.token, "received")
    assert count(database) == 1


def test_a_repeat_gives_the_first_number_back(database, queue):
    first, _ = services.store("sms", "SM1", {"text": "a"})
    again, new = services.store("sms", "SM1", {"text": "something else"})
    assert again is first
    assert not new
    assert again.raw == {"text": "a"}


def test_the_sweep_makes_the_ticket_of_a_lost_job(database, queue):
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        record, _ = services.store("web", "k1", {"text": "x"})
        database.session.commit()
    queue.clear()
    queue.enqueue("sweep_intake")
    queue.run()
    assert record.state == "done"
    assert count(database) == 1


def test_a_shop_is_found_by_licence_name_or_number(database):
    shop = retailer(shop_name="老街口副食店")
    for text in (shop.licence_no, "老街口副食店", shop.phone):
        record, _ = services.store("web", f"k-{text}", {"text": "x", "shop": text})
        assert services.advance(record).retailer is shop


def test_what_continues_an_open_ticket_joins_it(database, queue):
    made = opened()
    record, _ = services.store("web", "k2", {"text": "One more thing.", "continues": made.case_no})
    assert services.advance(record) is made
    assert record.recognised_as == "continuation"
    assert made.messages[-1].body == "One more thing."


def test_the_last_recogniser_claims_everything(app, database):
    record, _ = services.store("web", "k3", {"text": ""})
    from intake.submission import from_record
    assert recognise.recognise(from_record(record)).name == "new_matter"


def test_a_classified_arrival_is_dispatched_at_once(database, queue):
    record, _ = services.store("file", "k4", {"text": "x", "leaf": "DLV.LATE", "desired": "goods"})
    database.session.commit()
    queue.run()
    made = database.session.get(Ticket, record.ticket_id)
    assert (made.state, made.severity) == ("dispatched", "S3")


def test_a_broken_job_is_kept_for_people_to_see(database, queue):
    from core.jobs import FailedJob, job, run

    @job("test_breaks")
    def breaks(number):
        raise RuntimeError("broken on purpose")
    with pytest.raises(RuntimeError):
        run("test_breaks", 7)
    kept = database.session.scalar(select(FailedJob).filter_by(name="test_breaks"))
    assert kept.args == ["7"]
    assert "broken on purpose" in kept.error
    from core.jobs import JOBS
    del JOBS["test_breaks"]


def test_numbers_are_not_guessable_from_a_neighbour(database):
    numbers = {services.store("web", f"n{i}", {"text": "x"})[0].case_no for i in range(50)}
    assert len(numbers) == 50
    assert count(database, IntakeRecord) == 50
    gaps = sorted(int(n[5:9]) for n in numbers)
    assert gaps[-1] - gaps[0] > 1000


def test_an_addition_that_comes_too_late_begins_anew_with_the_same_person(database, queue):
    ended = ticket("closed", confidential=True)
    ended.named_ids = [staff().id]
    record, _ = services.store("web", "late", {"text": "It is broken again.", "continues": ended.case_no})
    made = services.advance(record)
    assert (made.id != ended.id, made.case_no, made.state) == (True, record.case_no, "received")
    assert (made.retailer, made.contact_phone, made.confidential, made.named_ids) == (ended.retailer, ended.contact_phone, True, ended.named_ids)
    assert made.facts["continues"] == ended.case_no
    assert [(m.purpose, m.body) for m in made.messages if m.kind == "system"] == [("continues", ended.case_no)]


def test_an_anonymous_ticket_goes_on_sealed_under_the_same_pin(database, queue):
    ended = ticket("withdrawn", anonymous=True)
    record, _ = services.store("web", "late", {"text": "One thing more.", "continues": ended.case_no}, sealed=True)
    made = services.advance(record)
    assert (made.anonymous, made.sealed, made.pin_hash, record.sealed) == (True, True, ended.pin_hash, True)


def test_an_addition_to_a_double_joins_the_ticket_that_goes_on(database, queue):
    double = ticket("merged")
    record, _ = services.store("web", "late", {"text": "One thing more.", "continues": double.case_no})
    assert services.advance(record) is double.merged_into
    assert double.merged_into.messages[-1].body == "One thing more."


def test_an_arrival_that_always_breaks_is_left_to_people_and_may_be_tried_again(database, queue, monkeypatch):
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        record, _ = services.store("web", "poison", {"text": "x"})
        database.session.commit()
    queue.clear()
    with monkeypatch.context() as broken:
        broken.setattr(services, "recognise", lambda submission: 1 / 0)
        for _try in range(5):
            assert record.state == "stored"
            with pytest.raises(ZeroDivisionError):
                run("advance", record.id)
    assert (record.state, "ZeroDivisionError" in record.error) == ("failed", True)
    run("sweep_intake")
    assert queue.waiting == []
    run("advance", record.id)
    assert (record.state, record.error) == ("done", None)


def test_only_a_taken_number_is_drawn_again(database, monkeypatch):
    draws = iter(["2601010000012"])
    monkeypatch.setattr(numbering, "case_no", lambda at: next(draws))
    with pytest.raises(IntegrityError, match="captured_by"):
        services.store("web", "k9", {"text": "x"}, captured_by_id=99_999_999)


def test_a_taken_number_is_drawn_again(database, monkeypatch):
    first, _ = services.store("web", "k1", {"text": "x"})
    draws = iter([first.case_no, "2601010000012"])
    monkeypatch.setattr(numbering, "case_no", lambda at: next(draws))
    assert services.store("web", "k2", {"text": "y"})[0].case_no == "2601010000012"

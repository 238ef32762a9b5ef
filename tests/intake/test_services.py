"""Raw first, then a ticket, whatever gets lost in between."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock
from intake import recognise, services
from intake.models import IntakeRecord
from tests.builders import opened, retailer
from tickets import case_number
from tickets.models import Ticket


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

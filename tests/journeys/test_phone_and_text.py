"""One man calls and texts about the same thing within minutes: he has one matter, or two that are offered as one."""
from core import clock, settings
from core.db import db
from core.jobs import run
from hotline.calls import services as calls
from hotline.calls import speech
from hotline.models import Call
from hotline.texts import services as texts
from intake.models import IntakeRecord
from tests.builders import retailer, staff
from tests.committed import committed_app
from tests.journeys.test_texts import PHONE, together
from tests.triage.small import PLAIN, small_model
from tickets.models import Message, Ticket
from triage import queries
from triage.duplicates import services as duplicates


def called() -> int:
    """The arrival of a call in which the matter was said."""
    fields = {"CallSid": "CA1", "From": PHONE}
    call, _new = calls.arrive("twilio", fields, clock.now())
    speech.keep(call, [speech.Heard("1", PLAIN, 0.98)], clock.now())
    calls.note_status("twilio", fields | {"CallStatus": "completed", "Timestamp": "now"}, clock.now())
    db.session.commit()
    run("close_call", call.id)
    return db.session.scalar(db.select(Call.intake_id).filter_by(sid="CA1"))


def texted() -> int:
    """The arrival of a text with the same words."""
    record, _new = texts.arrive("twilio", {"MessageSid": "SM1", "From": PHONE, "Body": PLAIN}, clock.now())
    db.session.commit()
    return record.id


def test_the_same_matter_by_telephone_and_text_taken_by_two_workers_is_proposed_as_one(services):
    with committed_app(services, "called_and_texted") as (app, _url):
        retailer(phone=PHONE, deliverer_id=None)
        small_model(threshold=0.01)
        staff("lin", certificates={"DLV": 3})
        settings.put("text_settle_seconds", 0)
        db.session.commit()
        both = [called(), texted()]
        together(app, lambda number: run("advance", number), both)
        made = [db.session.get(IntakeRecord, number).ticket_id for number in both]
        if len(set(made)) == 1:  # the text came second and was plainly of the same
            assert db.session.scalar(db.select(db.func.count()).select_from(Message).where(Message.ticket_id == made[0], Message.kind == "in")) == 2
            return
        together(app, lambda number: run("understand", number), made)
        db.session.rollback()
        waiting = [ticket for number in made if (ticket := db.session.get(Ticket, number)).state == "received"]
        assert made[0] in [ticket.id for ticket in waiting]  # what was heard is confirmed first
        for ticket in waiting:
            assert "possible_double" in queries.proposal(ticket).waits
            assert [other.ticket.id for other in duplicates.likely(ticket)] == [number for number in made if number != ticket.id]

"""What the database says about a refused row is written down nowhere: it may be sealed."""
import logging

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import clock, failures, logs
from core.db import db
from core.jobs import JOBS, FailedJob, job, run
from intake.models import IntakeRecord

SECRET = "the words of a sealed report"


def refused_row():
    known = {"channel": "web", "external_id": "x", "received_at": clock.now(), "case_no": "1", "token": "1"}
    db.session.add(IntakeRecord(**known, raw={"text": SECRET}, state="nowhere"))
    db.session.flush()


@pytest.fixture
def refusal(database):
    """The error that the database answers to a row with sealed words."""
    with pytest.raises(IntegrityError) as caught:
        refused_row()
    database.session.rollback()
    assert SECRET in str(caught.value)
    return caught.value


@pytest.fixture
def breaking(database):
    """A job that the database refuses."""
    job("test_refused")(lambda: refused_row())
    yield "test_refused"
    del JOBS["test_refused"]


def test_a_failed_job_keeps_the_place_and_the_constraint_but_no_words(breaking, database):
    with pytest.raises(RuntimeError) as caught:
        run(breaking)
    kept = database.session.scalar(select(FailedJob.error).filter_by(name=breaking))
    assert kept.endswith("RuntimeError: IntegrityError ck_intake_record_known_state\n")
    assert "in refused_row" in kept
    assert SECRET not in kept + failures.told(caught.value) + str(caught.value)


def test_what_was_raised_because_of_it_has_no_words_either(refusal):
    with pytest.raises(ValueError, match="wrapped") as caught:
        raise ValueError("wrapped") from refusal
    assert SECRET not in failures.told(caught.value)
    assert failures.in_short(caught.value) == "RuntimeError: ValueError ck_intake_record_known_state"


def test_other_errors_keep_their_words():
    error = ValueError("seven is no day")
    assert failures.clean(error) is error
    assert "seven is no day" in failures.told(error)


def test_a_broken_page_is_logged_without_them(app, refusal, caplog):
    logs.init()
    with app.test_request_context("/"):
        app.log_exception((type(refusal), refusal, refusal.__traceback__))
    record = caplog.records[-1]
    line = logging.Formatter().format(record)
    assert "refused_row" in line
    assert SECRET not in line

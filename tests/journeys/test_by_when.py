"""By when an answer is promised: the same on the page, by text, on the telephone, from the desk, and in what we write."""
from datetime import timedelta

import pytest

from core import clock, i18n
from desk.calls import spoken
from hotline.calls import progress as by_phone
from hotline.models import Call
from hotline.texts import progress as by_text
from portal.ahead import ahead
from portal.case import Case
from portal.steps import steps
from tests import builders
from tickets import plain, values
from tickets.services import clocks

pytestmark = pytest.mark.usefixtures("queue", "gateways")


def told(ticket, language="en") -> dict[str, str]:
    """What each of our voices says of the ticket."""
    with i18n.spoken(language):
        case = Case(None, ticket)
        return {"page": " ".join(step["when"] for step in steps(case)), "receipt": " ".join(step["when"] for step in ahead(case)),
                "text": by_text.lines([(ticket.case_no, ticket)], language), "phone": by_phone.said(by_phone.Found(None, ticket)),
                "desk": spoken.sentence(Call(language=language, filed_as="linked"), ticket.case_no, ticket)}


def written(due, language="en") -> tuple[str, str]:
    """The day as each voice may write it: short, and as the telephone says it."""
    with i18n.spoken(language):
        return i18n.day(due), by_phone.words.moment(due)


@pytest.mark.parametrize("state", ["received", "dispatched", "in_progress", "in_review"])
def test_every_voice_names_the_same_day(state):
    ticket = builders.ticket(state)
    due = plain.answer_by(ticket)
    assert due == values.known(ticket, "en")["resolve_due"]
    days = written(due)
    assert [voice for voice, words in told(ticket).items() if not any(day in words for day in days)] == []


def test_an_extended_one_moves_for_all_of_them():
    ticket = builders.ticket("in_progress")
    later = plain.answer_by(ticket) + timedelta(days=7)
    clocks.extend(ticket, later)
    days = written(later)
    assert [voice for voice, words in told(ticket).items() if not any(day in words for day in days)] == []


def test_a_day_that_is_over_is_admitted_and_not_promised_again():
    ticket = builders.ticket("in_progress")
    with clock.frozen(plain.answer_by(ticket) + timedelta(days=1)):
        said = told(ticket)
    assert [voice for voice in ("page", "receipt", "text", "phone", "desk") if "late" not in said[voice]] == []


@pytest.mark.parametrize("state", ["needs_info", "answered", "closed"])
def test_no_day_is_named_while_we_wait_for_him_or_after_the_answer(state):
    ticket = builders.ticket(state)
    assert plain.answer_by(ticket) is None
    with i18n.spoken("en"):
        assert "answer by" not in " ".join(told(ticket)[voice] for voice in ("text", "phone", "desk"))

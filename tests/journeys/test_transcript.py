"""A transcript with recognition errors: from the pasted call to a handler, with every doubt confirmed on the way."""
import json

import pytest

from core.db import db
from hotline.models import Transcript
from hotline.transcripts import confirming, queries
from intake.models import IntakeRecord
from tests.builders import retailer, staff
from tests.hotline.transcripts.talks import agent
from tests.pages import PageClient
from tests.triage.small import small_model
from triage import queries as triage

HEARD = [("agent", "您好，通话有录音，请讲。", 0.97), ("customer", "我早上订的货，卡上口款两次，一次三千八百六十元。", 0.92),
         ("customer", "订单号2611190114，我打给何建萍，她没有给我退。", 0.71)]
TRUE = "我早上订的货，卡上扣款两次，一次3860元。\n订单号2611190114，我打给何建平，她没有给我退。"


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(agent())


def decide_all(client, transcript, page, true: dict[str, str]):
    """Each doubt in turn, as somebody who listens: the proposal where it is right, typed where none is, else as heard."""
    while (number := confirming.following(transcript.marks)) is not None:
        mark = transcript.marks[number]
        wanted = true.get(mark["text"], mark["text"])
        button = "heard" if wanted == mark["text"] else f"proposed:{mark['proposed'].index(wanted)}" if wanted in mark["proposed"] else "typed"
        page = client.submit(page, f"/transcripts/{transcript.id}", button=f"choice={button}", **({"typed": wanted} if button == "typed" else {}))
    return page


def test_a_transcript_with_recognition_errors(hotline, queue):
    small_model(threshold=0.01)
    shop, named = retailer(), staff(name="何建平", certificates={"PAY.DEBIT": 4}, in_team="finance")
    other = staff(name="营销小吴", certificates={"PAY.DEBIT": 4}, in_team="marketing")
    call = json.dumps({"sentences": [{"speaker": who, "transcript": text, "confidence": sure} for who, text, sure in HEARD]}, ensure_ascii=False)
    look = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", text=call, who=shop.licence_no)
    hotline.submit(look, button="step=file")
    queue.run()
    transcript = db.session.scalar(db.select(Transcript))
    ticket = queries.ticket_of(transcript)
    assert (ticket.state, "unconfirmed" in triage.proposal(ticket).waits) == ("received", True)

    decide_all(hotline, transcript, hotline.get(f"/desk/triage?case={ticket.case_no}"), {
        "口款": "扣款", "三千八百六十元": "3860元", "订单号2611190114，我打给何建萍，她没有给我退。": "订单号2611190114，我打给何建平，她没有给我退。"})
    queue.run()
    assert ticket.messages[0].body == TRUE
    proposal = triage.proposal(ticket)
    assert (proposal.facts["order_no"], proposal.facts["amount"], proposal.facts["named"], proposal.leaf) == ("2611190114", "3860", [named.id], "PAY.DEBIT")

    assert (ticket.state, ticket.order_no, ticket.named_ids, ticket.assignee_id) == ("dispatched", "2611190114", [named.id], other.id)
    assert transcript.original == call
    assert "口款" in db.session.scalar(db.select(IntakeRecord)).raw["text"]
    assert {mark["by"] for mark in transcript.marks} == {transcript.by_id}

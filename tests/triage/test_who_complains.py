"""Who complains, and in what mood, never changes what a complaint is or how grave it is: a property of the whole path and of the rule."""
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.db import db
from retailers.models import SERVICE_CLASSES, Retailer
from tests.builders import opened, retailer
from tests.triage.small import PLAIN, run, small_model
from tickets.models import Ticket
from triage import cues, queries
from triage.models import TriageProposal

# Columns of a shop that say who it is, where, how it is reached and who serves it. Any other one describes its owner or its
# worth: it is varied below, so a new column of that kind is tested the day it appears.
WHO = {"id", "licence_no", "shop_name", "owner_name", "phone", "email", "area", "address", "language", "active", "is_demo"}
MOODS = ("", "！！！！", "气死我了，", "我真的快崩溃了，", "求求你们了，", "你们这群废物，", "麻烦您了，谢谢，", "😡😡", "I AM FURIOUS!!! ", "if you would be so kind, ")
SEVERITIES = ("S1", "S2", "S3", "S4")


def worth() -> list[str]:
    """The columns of a shop that rate it."""
    return [column.name for column in Retailer.__table__.columns
            if column.name not in WHO and not column.foreign_keys and column.type.python_type in (str, int, float)]


def understood(queue, **columns) -> tuple:
    """What the whole path makes of the same words from such a shop: the ticket's side and the proposal's."""
    made = opened(PLAIN, shop=retailer(**columns), language="zh")
    run(queue)
    proposal = queries.proposal(made)
    return (made.leaf_code, made.severity, made.state, made.desired_outcome, proposal.ranking, proposal.severity, proposal.hits, proposal.waits)


def test_there_is_something_to_vary():
    assert {"service_class", "value_class"} <= set(worth())


def test_what_a_shop_is_worth_changes_nothing(database, queue):
    small_model(threshold=0.5)
    classes = [{"service_class": one, "value_class": other} for one, other in product(SERVICE_CLASSES, ("", "key", "ordinary", "special"))]
    rated = [{name: value} for name in worth() if name not in ("service_class", "value_class") for value in _values(name)]
    found = [understood(queue, **columns) for columns in (*classes, *rated)]
    assert found[0][:3] == ("DLV.LATE", "S3", "dispatched")
    assert [one for one in found if one != found[0]] == []


def test_no_column_of_a_ticket_or_a_proposal_rates_a_person():
    """Nothing that could enter is even kept: temperament, emotion, mood, star, credit."""
    names = {column.name for table in (Ticket, TriageProposal) for column in table.__table__.columns}
    assert [name for name in names if any(word in name for word in ("star", "credit", "temper", "emotion", "mood", "sentiment", "class"))] == []


@pytest.mark.parametrize("mood", MOODS)
def test_a_mood_is_no_trigger(database, mood):
    known = queries.cues("severity")
    assert cues.severity("DLV.LATE", "S3", mood + PLAIN, known, frozenset()) == ("S3", ())
    assert cues.severity("DLV.LATE", "S3", mood + "司机动手打人", known, frozenset())[0] == "S1"


CUES = st.lists(st.builds(cues.Cue, code=st.text("abc", min_size=1, max_size=3), words=st.tuples(st.sampled_from(("打人", "着火", "记者", "fire"))),
                          severity=st.sampled_from(SEVERITIES), when=st.sampled_from(("", "loss")), leaves=st.sampled_from(((), ("DLV.LATE",)))), max_size=5)
TEXTS = st.lists(st.sampled_from(("打人", "着火", "记者", "fire ", "货没到，", "没有", "！", *MOODS)), max_size=6).map("".join)


@given(CUES, TEXTS, st.sampled_from(SEVERITIES), st.sampled_from((frozenset(), frozenset({"loss"}))))
def test_the_graver_of_the_usual_and_every_trigger_holds(known, text, usual, holding):
    severity, hits = cues.severity("DLV.LATE", usual, text, known, holding)
    assert severity == min([usual, *(hit.severity for hit in hits)])
    assert severity <= usual
    more = cues.severity("DLV.LATE", usual, text, [*known, cues.Cue("more", ("打人",), "S1")], holding)[0]
    assert more <= severity


def _values(name: str) -> tuple:
    kind = db.metadata.tables["retailer"].columns[name].type.python_type
    return ("A", "Z", "angry") if kind is str else (0, 1, 5)

"""Words that machines heard: the two sources, and what they say when they say nothing."""
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.calls.menu import Turn
from hotline.calls.numbers import caller
from hotline.calls.speech import Gathered, Heard, Live, certainty


@pytest.mark.parametrize(("value", "expected"), [("0.83", 0.83), (1, 1.0), ("0", None), ("0.0", None), ("1.2", None), ("-1", None),
                                                 ("nan", None), ("", None), (None, None), ("high", None)])
def test_certainty(value, expected):
    assert certainty(value) == expected


def test_gathered_words_have_a_name_of_their_own():
    heard = Gathered(Turn("main", tries=1)).read({"SpeechResult": " 货没来 ", "Confidence": "0.5"})
    assert [(one.text, one.confidence, one.speaker) for one in heard] == [("货没来", 0.5, "caller")]
    again = Gathered(Turn("main", tries=1)).read({"SpeechResult": "货没来", "Confidence": "0.5"})
    other = Gathered(Turn("main", tries=1)).read({"SpeechResult": "车没来", "Confidence": "0.5"})
    assert heard[0].external_id == again[0].external_id != other[0].external_id
    assert Gathered(Turn()).read({}) == Gathered(Turn()).read({"SpeechResult": "  "}) == []


def live(**more):
    data = {"transcript": "货没来", "confidence": 0.7}
    return {"TranscriptionEvent": "transcription-content", "TranscriptionSid": "GT1", "SequenceId": "3", "Track": "inbound_track", "Final": "true",
            "TranscriptionData": json.dumps(data)} | more


@pytest.mark.parametrize(("fields", "expected"), [
    (live(), [Heard("GT1:3", "货没来", 0.7)]),
    (live(Track="outbound_track"), [Heard("GT1:3", "货没来", 0.7, "staff")]),
    (live(Final="false"), []), (live(TranscriptionEvent="transcription-started"), []), (live(TranscriptionData="{"), []),
    (live(TranscriptionData="[1]"), []), (live(TranscriptionData='{"transcript": null}'), []), ({}, []),
])
def test_live_words(fields, expected):
    assert Live().read(fields) == expected


@given(st.dictionaries(st.sampled_from(["TranscriptionEvent", "TranscriptionData", "Final", "Track", "SpeechResult", "Confidence"]), st.text()))
def test_no_field_breaks_a_source(fields):
    Live().read(fields | {"TranscriptionEvent": "transcription-content"})
    Gathered(Turn()).read(fields)


@pytest.mark.parametrize(("text", "expected"), [
    ("+8613800138000", "+8613800138000"), ("13800138000", "+8613800138000"), ("+12025550101", "+12025550101"), ("+266696687", ""), ("Anonymous", ""),
    ("sip:somebody@example.test", ""), ("client:desk", ""), ("", ""), ("+7378742833", ""),
])
def test_who_calls(text, expected):
    assert caller(text) == expected


@given(st.text(max_size=60))
def test_any_caller_is_a_number_or_nobody(text):
    assert caller(text) == "" or caller(text).startswith("+")

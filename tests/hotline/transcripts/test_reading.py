"""Transcripts of every form become the same turns; what is none says where it is wrong."""
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.transcripts import speakers
from hotline.transcripts.encoding import decode
from hotline.transcripts.reading import read
from hotline.transcripts.turns import MOST_BYTES, MOST_TURNS, Unreadable

HELLO, SHORT = "您好，请讲。", "昨天的货少了两条。"
TALK = [("staff", HELLO), ("caller", SHORT)]


def told(text, name=""):
    """(speaker, words) of every turn."""
    return [(turn.speaker, turn.text) for turn in read(text, name).turns]


@pytest.mark.parametrize("pair", [
    ("坐席：", "来电："), ("坐席:", "客户:"), ("客服：", "投诉人："), ("坐席01：", "来电："), ("【坐席】", "【来电】"), ("[00:03] 坐席：", "[00:12] 零售户："),
    ("00:03 坐席：", "00:12 来电："), ("坐席 00:03：", "来电 00:12："), ("Agent: ", "Caller: "), ("AGENT\t", "CUSTOMER\t"), ("[Agent] ", "[Caller] "),
    ("(0:03) Agent: ", "(0:12) Customer: "), ("[00:00:03.000 --> 00:00:11.000] agent: ", "[00:00:12.000 --> 00:00:15.500] caller: "),
    ("坐席 00:03\n", "来电 00:12\n"), ("Agent 1: ", "Caller 2: "), ("坐席（工号1024）：", "来电："),
])
def test_plain_text_with_speakers(pair):
    staff, caller = pair
    assert told(f"{staff}{HELLO}\n{caller}{SHORT}\n") == TALK


@pytest.mark.parametrize("pair", [("SPEAKER_00: ", "SPEAKER_01: "), ("说话人1 00:03\n", "说话人2 00:12\n"), ("发言人A：", "发言人B："), ("spk_0: ", "spk_1: ")])
def test_speakers_without_a_role_are_told_apart(pair):
    first, second = read(f"{pair[0]}{HELLO}\n{pair[1]}{SHORT}").turns
    assert (first.speaker, second.speaker) == ("unknown", "unknown")
    assert first.label != second.label


def test_times_are_read():
    turn = read("[00:12] 坐席：您好").turns[0]
    assert (turn.start, turn.text) == (12.0, "您好")
    assert read("[01:00:02.5 - 01:00:09] 来电：喂").turns[0].end == 3609.0


@pytest.mark.parametrize("line", ["地址：人民路12号", "我说：你们怎么回事", "12:30 的车还没到", "repair: the shutter", "客户电话是多少", "speakers are loud", "用户"])
def test_what_is_no_label_stays_in_the_words(line):
    assert told(line) == [("unknown", line)]


def test_a_line_without_a_label_goes_on_with_the_turn():
    assert told("来电：少了两条，\n单子上写的十二条。\n坐席：好的") == [("caller", "少了两条，\n单子上写的十二条。"), ("staff", "好的")]
    assert told("第一句。\n第二句。") == [("unknown", "第一句。"), ("unknown", "第二句。")]


VTT = f"""WEBVTT - a call
Kind: captions

NOTE this is
no speech

STYLE
::cue {{ color: red }}

1
00:00:03.000 --> 00:00:05.000 align:start position:0%
<v 坐席>{HELLO}</v>

00:12.000 --> 00:15.250
<v.loud Caller>昨天的货<b>少了</b><00:00:13.000>两条。
"""


def test_webvtt():
    found = read(VTT)
    assert found.format == "vtt"
    assert told(VTT) == TALK
    assert [(turn.start, turn.end) for turn in found.turns] == [(3.0, 5.0), (12.0, 15.25)]


def test_webvtt_without_voices_and_with_entities():
    assert told("WEBVTT\n\n00:01.000 --> 00:02.000\nA &lt; B &amp; C\nand on\n") == [("unknown", "A < B & C and on")]
    assert told("WEBVTT\n\n00:01.000 --> 00:02.000\n坐席：您好\n来电：喂\n") == [("staff", "您好"), ("caller", "喂")]


def test_srt():
    text = f"1\n00:00:03,000 --> 00:00:05,000\n坐席：{HELLO}\n\n2\n00:00:12,000 --> 00:00:15,000\n<i>来电：{SHORT}</i>\n"
    assert (read(text).format, told(text)) == ("srt", TALK)
    assert told(text.replace("\n\n2", "\n2")) == TALK  # the empty line was lost on the way


JSON_FORMS = {
    "twilio": {"sentences": [{"media_channel": 1, "transcript": HELLO, "confidence": 0.93, "start_time": "3.0", "end_time": "5.0"},
                             {"media_channel": 2, "transcript": SHORT, "confidence": "0.71", "start_time": 12}]},
    "aws": {"jobName": "x", "results": {"transcripts": [], "items": [
        {"type": "pronunciation", "speaker_label": "spk_0", "start_time": "3.0", "alternatives": [{"confidence": "0.99", "content": "您好"}]},
        {"type": "punctuation", "alternatives": [{"content": "，"}]},
        {"type": "pronunciation", "speaker_label": "spk_0", "start_time": "3.9", "alternatives": [{"confidence": "0.9", "content": "请讲"}]},
        {"type": "punctuation", "alternatives": [{"content": "。"}]},
        {"type": "pronunciation", "speaker_label": "spk_1", "start_time": "12", "alternatives": [{"confidence": "0.5", "content": "昨天的货少了两条"}]},
        {"type": "punctuation", "alternatives": [{"content": "。"}]}]}},
    "google": {"results": [{"alternatives": [{"transcript": HELLO, "confidence": 0.9}], "channelTag": 1},
                           {"alternatives": [{"transcript": SHORT, "words": [{"word": "少了", "startTime": "12.1s", "confidence": 0.4}]}], "channelTag": 2}]},
    "whisper": {"text": "", "segments": [{"start": 3, "end": 5, "text": f" {HELLO}", "avg_logprob": -0.1},
                                         {"start": 12, "end": 15, "text": SHORT, "words": [{"word": "少了", "probability": 0.4}]}]},
    "json": [{"speaker": "agent", "text": HELLO}, {"role": "customer", "content": SHORT, "confidence": 71}],
}


@pytest.mark.parametrize("form", JSON_FORMS)
def test_json_of_the_providers(form):
    found = read(json.dumps(JSON_FORMS[form], ensure_ascii=False, indent=1))
    assert found.format == form
    assert [turn.text for turn in found.turns] == [HELLO, SHORT]


def test_json_keeps_confidences_times_and_channels():
    twilio, google, whisper = (read(json.dumps(JSON_FORMS[form])).turns for form in ("twilio", "google", "whisper"))
    assert (twilio[1].confidence, twilio[1].start, twilio[1].label) == (0.71, 12.0, "channel 2")
    assert (google[1].words[0].text, google[1].words[0].confidence) == ("少了", 0.4)
    assert (whisper[0].confidence, whisper[1].words[0].confidence) == (pytest.approx(0.905, abs=1e-3), 0.4)
    assert read(json.dumps(JSON_FORMS["json"])).turns[1].confidence == 0.71


def test_events_of_a_transcription_as_it_goes_on():
    def event(track, text, final="true"):
        return {"TranscriptionEvent": "transcription-content", "Track": track, "Final": final, "TranscriptionData": json.dumps({"transcript": text, "confidence": 0.8})}
    events = [{"TranscriptionEvent": "transcription-started"}, event("outbound_track", HELLO), event("inbound_track", "昨天的", "false"), event("inbound_track", SHORT)]
    assert told(json.dumps(events)) == TALK


def test_diarised_words_are_not_read_twice():
    words = [{"word": "您好", "speakerTag": 1}, {"word": "货", "speakerTag": 2}, {"word": "少了", "speakerTag": 2}]
    data = {"results": [{"alternatives": [{"transcript": "您好货少了"}]}, {"alternatives": [{"words": words}]}]}
    assert [(turn.label, turn.text) for turn in read(json.dumps(data)).turns] == [("speaker 1", "您好"), ("speaker 2", "货少了")]


@pytest.mark.parametrize(("text", "code", "place"), [
    ("", "empty", ""), ("  \n", "empty", ""), ("坐席：\n来电：\n", "no_words", ""),
    ('{"sentences": [\n{"transcript": "x"},\n', "bad_json", "3"), ('{"sentences": [{"confidence": 1}]}', "bad_key", "sentences[0].transcript"),
    ('{"sentences": [{"transcript": 4}]}', "bad_key", "sentences[0].transcript"), ('{"sentences": {"a": 1}}', "bad_key", "sentences"),
    ('[["a"]]', "bad_key", "[0]"), ('{"a": 1}', "no_shape", ""), ("[" * 100_000, "bad_json", "1"), ('{"a": ' + "9" * 5000 + "}", "bad_json", "1"),
    ("WEBVTT\n\n00:00:01 -> 00:00:02\nhello", "no_time", "3"), ("WEBVTT\n\n00:01.000 --> later\nhello", "bad_time", "3"),
    ("WEBVTT\n\nsome words\nand no time\n", "no_time", "3"), ("1\n00:00:01,000 --> 00:00:02,000\nhi\n\n2\n00:00:0x,000 --> 00:00:02,000\nhi\n", "bad_time", "6"),
    ("x" * (MOST_BYTES + 1), "too_big", ""), ("a\n" * (MOST_TURNS + 1), "too_many_turns", ""),
])
def test_what_is_no_transcript_says_why_and_where(text, code, place):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert (refused.value.code, refused.value.place) == (code, place)


def test_a_file_without_its_header_is_told():
    with pytest.raises(Unreadable) as refused:
        read("hello", "call.vtt")
    assert refused.value.code == "no_header"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(encoding):
    text = "坐席 1: 您好\r\nCaller: two cartons are missing\r\n"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"), (b"\xff\xff\xff", "encoding"), (b"a" * (MOST_BYTES + 1), "too_big")])
def test_files_that_are_no_text(data, code):
    with pytest.raises(Unreadable) as refused:
        decode(data)
    assert refused.value.code in (code, "encoding")


def test_the_language_is_seen_in_the_words():
    assert read("我的 order 还没到").language == "zh"
    assert read("My order has not come").language == "en"


SPEECH = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40).map(lambda s: "x" + " ".join(s.split()))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", "a.vtt", "a.srt", "a.json"]))
def test_nothing_but_the_named_error_is_raised(text, name):
    try:
        assert read(text, name).turns
    except Unreadable:
        pass


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
                        ["sentences", "transcript", "text", "results", "items", "alternatives", "segments", "words", "word", "speaker", "start", "confidence",
                         "content", "speakerTag", "TranscriptionData", "response", "speaker_labels", "type", "avg_logprob", "start_time"]), inner, max_size=4), max_leaves=12))
def test_no_shape_of_json_raises_anything_else(data):
    try:
        read(json.dumps(data), "a.json")
    except Unreadable:
        pass


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data):
    try:
        read(decode(data))
    except Unreadable:
        pass


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["坐席：", "来电：", "Agent: ", "[00:03] 客户："]), SPEECH), min_size=1, max_size=6))
def test_no_word_is_lost_in_plain_text(turns):
    said = [words for _label, words in turns]
    assert [turn.text for turn in read("\n".join(label + words for label, words in turns)).turns] == said


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60))
def test_a_line_is_cut_only_between_label_and_words(line):
    label, start, _end, words = speakers.split(line)
    assert line.strip().endswith(words)
    assert label in line
    if not label and start is None:
        assert words == line.strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["agent", "customer", "S1"]), SPEECH), min_size=1, max_size=6))
def test_no_word_is_lost_in_json(turns):
    data = [{"speaker": who, "text": words, "confidence": 0.5} for who, words in turns]
    assert [turn.text for turn in read(json.dumps(data)).turns] == [words.strip() for _who, words in turns]

"""The page: what each button does, what it says of a mistake, and both languages complete."""
import io
import re
from pathlib import Path

import pytest

from simulator import page
from simulator.page.words import LANGUAGES, WORDS
from tests.simulator.application import HANDSET


@pytest.fixture
def browser(simulator, handset):
    app = simulator.web()
    page.register(app, simulator)
    return app.test_client()


@pytest.fixture
def do(browser, simulator):
    def do(name, **fields):
        answer = browser.post(f"/do/{name}", data={"number": HANDSET} | fields, headers={"X-Simulator": "page"})
        simulator.clock.advance(0)
        return answer
    return do


def state(browser, last=0):
    return browser.get("/state", query_string={"number": HANDSET, "last": last}).json


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_it_is_for_development(browser, language):
    text = browser.get(f"/?lang={language}").text
    assert WORDS[language]["banner"] in text
    assert not re.search(r"<script(?![^>]* src=)|\sstyle=|\son[a-z]+=", text)


@pytest.mark.parametrize("file", ["page.js", "texts.js", "call.js", "log.js", "words.js", "simulator.css", "icons.svg"])
def test_its_files_are_there(browser, file):
    with browser.get(f"/static/{file}") as answer:
        assert answer.status_code == 200


def test_every_word_that_the_scripts_name_exists():
    scripts = " ".join(path.read_text() for path in (Path(page.__file__).parent / "static").glob("*.js"))
    named = set(re.findall(r"words\.(\w+)", scripts)) | set(re.findall(r'words\["([^"$]+)"\]', scripts))
    assert named - WORDS["zh"].keys() - {"js"} == set()


def test_both_languages_have_words_for_everything():
    empty = [key for language in LANGUAGES for key, words in WORDS[language].items() if not words.strip()]
    assert empty == []


def test_a_text_is_sent_in_the_chosen_way(do, browser, application):
    do("choose", way="twice")
    assert do("text", body="少了两件").status_code == 200
    assert [fields["Body"] for fields in application.about("sms")] == ["少了两件"] * 2
    item, = state(browser)["handset"]["items"]
    assert (item["body"], item["out"], item["marks"]) == ("少了两件", True, ["204", "204"])


def test_a_later_choice_does_not_change_a_text_that_is_on_its_way(browser, simulator, handset, application):
    browser.post("/do/text", data={"number": HANDSET, "body": "少了两件"}, headers={"X-Simulator": "page"})
    handset.choices.way = "lost"
    simulator.clock.advance(0)
    assert [fields["Body"] for fields in application.about("sms")] == ["少了两件"]


def test_pictures_are_sent_and_shown(do, browser, application):
    do("text", body="看图", pictures=(io.BytesIO(b"\x89PNG"), "a.png", "image/png"))
    assert application.about("sms")[0]["NumMedia"] == "1"
    sid = state(browser)["handset"]["items"][0]["pictures"][0]
    assert browser.get(f"/pictures/{sid}").data == b"\x89PNG"


def test_a_call_from_the_first_ring_to_the_last_word(do, browser, application):
    application.answers = {"voice": '<Gather input="dtmf speech" action="/hooks/twilio/voice/menu"><Say>请按一</Say></Gather>', "menu": "<Dial>+12025550160</Dial>"}
    do("call")
    do("call")  # one that goes on is not begun again
    call = state(browser)["handset"]["call"]
    assert (call["waiting"]["kind"], call["lines"][0]["words"]) == ("gather", "请按一")
    do("say", words="转人工")
    assert state(browser)["handset"]["call"]["waiting"]["kind"] == "ringing"
    do("staff", what="answer")
    assert state(browser)["handset"]["call"]["waiting"]["kind"] == "talking"
    do("hang_up")
    assert state(browser)["handset"]["call"]["over"]
    assert len(application.about("call-status")) == 1


@pytest.mark.parametrize(("name", "fields", "wrong"), [
    ("text", {"body": " "}, "nothing_typed"), ("press", {"keys": "1"}, "no_call"), ("open", {"new": "12"}, "not_a_number"), ("choose", {"way": "x"}, "not_offered"),
    ("choose", {"seconds": "x"}, "not_offered"), ("staff", {"what": "x"}, "not_offered"), ("replay", {"language": "fr"}, "not_offered")])
def test_mistakes_are_named_and_change_nothing(do, application, name, fields, wrong):
    answer = do(name, **fields)
    assert (answer.status_code, answer.json) == (400, {"wrong": wrong})
    assert f"wrong.{wrong}" in WORDS["en"]
    assert application.seen == []


def test_any_number_can_be_opened(do, browser):
    do("open", new="+86 138 0000 3061")
    assert state(browser)["handsets"] == [HANDSET, "+8613800003061"]


def test_the_provider_can_be_made_to_fail(do, browser, simulator):
    do("provider", failing="20", delay="1", algorithm="HMAC_SHA256", lose="recording,receipt,nonsense")
    assert state(browser)["provider"] == {"failing": True, "delay": 1.0, "algorithm": "HMAC_SHA256", "lose": ["receipt", "recording"]}
    simulator.clock.advance(20 * 60)
    assert not state(browser)["provider"]["failing"]


def test_the_log_goes_on_from_where_one_was(do, browser):
    do("text", body="一")
    first = state(browser)["log"]
    do("text", body="二")
    assert [line["note"] for line in state(browser, first[-1]["id"])["log"]] == ["二"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_plays_to_its_end_even_if_nothing_comes_back(do, browser, simulator, application, language):
    do("replay", language=language)
    simulator.clock.advance(300)
    bodies = [fields["Body"] for fields in application.about("sms")]
    assert bodies[-1] == "STOP"
    assert bodies[-2] in ("进度", "STATUS")
    assert len(bodies) >= 5
    assert state(browser)["log"][-1]["signature"] == "forged"
    assert state(browser)["handset"]["opted_out"]


def test_the_script_does_not_wait_longer_than_it_must(do, simulator, application):
    application.answers = {"sms": "<Message>收到了</Message>"}
    do("replay", language="zh")
    simulator.clock.advance(20)
    assert simulator.wire.log[-1].signature == "forged"

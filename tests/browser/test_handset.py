"""The simulator's page in a real Chromium, in both languages and widths: text, call, choose, be told what went wrong."""
import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import TimeoutError, expect
from werkzeug.serving import make_server

from simulator import page
from simulator.clockwork import RealTime
from simulator.page.words import WORDS
from simulator.server import Simulator
from tests.browser.screen import Screen
from tests.simulator.application import ACCOUNT, HANDSET, PUBLIC, TOKEN, Application

MENU = '<Gather input="dtmf speech" numDigits="1" timeout="60" action="/hooks/twilio/voice/menu"><Say language="zh-CN" voice="Polly.Zhiyu-Neural">请按一</Say></Gather>'
SIZES = pytest.mark.parametrize(("width", "language"), [(390, "en"), (390, "zh"), (1440, "zh"), (1440, "en")])


@contextmanager
def served(simulator):
    app = simulator.web()
    page.register(app, simulator)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def application():
    return Application({"menu": "<Dial timeout='60'><Number>+12025550160</Number></Dial>", "voice": MENU})


@pytest.fixture
def simulator(application):
    made = Simulator(PUBLIC, ACCOUNT, TOKEN, post=application.post, clock=RealTime())
    made.handset(HANDSET).choices.seconds = 0.2
    return made


@pytest.fixture
def screen(browser, simulator, width, language):
    with served(simulator) as url, Screen(browser, url, width, language) as screen:
        screen.go("/")
        screen.words = WORDS[language]
        yield screen
        assert screen.overflow() <= 0
        assert screen.faults == []


@SIZES
def test_a_text_goes_out_and_what_comes_back_is_read(screen, simulator, application):
    words = screen.words
    screen.page.get_by_role("textbox", name=words["write"]).fill("少了两件")
    screen.keys("Enter")
    screen.sees_text(words["sent.received"])
    simulator.outgoing.send(HANDSET, "收到，编号 1", "+12025550100", callback=f"{PUBLIC}/hooks/twilio/message-status/ack")
    screen.sees_text("收到，编号 1")
    screen.sees_text(words["status.delivered"])
    assert [fields["Body"] for fields in application.about("sms")] == ["少了两件"]
    screen.shot("handset-texts")


@SIZES
def test_a_forgery_is_chosen_and_seen_in_the_log(screen, application):
    words = screen.words
    screen.page.get_by_label(words["way.forged"]).check()
    screen.page.get_by_role("textbox", name=words["write"]).fill("给我退钱")
    screen.page.get_by_role("button", name=words["send"], exact=True).click()
    screen.sees_text(f"403 · {words['refused']}")
    assert application.seen == []


@pytest.mark.parametrize(("width", "language"), [(390, "en")])
def test_nothing_is_chosen_before_the_first_state_is_seen(screen, simulator):
    held = []
    screen.page.route("**/state?*", lambda route: held.append(route))
    screen.page.reload()
    forged = screen.page.get_by_label(screen.words["way.forged"])
    with pytest.raises(TimeoutError):
        forged.check(timeout=500)
    held.pop().continue_()
    screen.page.unroute("**/state?*")
    forged.check()
    expect(screen.page.get_by_label(screen.words["seconds"])).to_have_value("0.2")
    assert simulator.handset(HANDSET).choices.seconds == 0.2


@pytest.mark.parametrize(("width", "language"), [(390, "zh")])
def test_a_text_waits_until_what_was_chosen_for_it_is_known(screen, application):
    held = []
    screen.page.route("**/do/choose", lambda route: held.append(route))
    screen.page.get_by_label(screen.words["way.forged"]).check()
    screen.page.get_by_role("textbox", name=screen.words["write"]).fill("给我退钱")
    screen.page.get_by_role("button", name=screen.words["send"], exact=True).click()
    screen.page.wait_for_timeout(1500)  # longer than the page takes from one look at the state to the next
    expect(screen.page.get_by_label(screen.words["way.forged"])).to_be_checked()
    held.pop().continue_()
    screen.sees_text(f"403 · {screen.words['refused']}")
    assert application.seen == []


@SIZES
def test_a_call_by_keys_and_the_staffs_phone(screen, application):
    words = screen.words
    screen.page.get_by_role("heading", level=1).click()
    screen.keys("c")
    screen.sees_text("请按一")
    screen.page.get_by_role("tab", name=words["tab.keys"]).click()
    screen.page.get_by_role("button", name="1", exact=True).click()
    screen.page.get_by_role("tab", name=words["tab.call"]).click()
    screen.page.get_by_role("button", name=words["staff.answer"]).click()
    screen.sees_text(words["connected"])
    screen.shot("handset-call")
    screen.page.locator("#panel-call").get_by_role("button", name=words["hang_up"]).click()
    screen.sees_text(words["call.completed"])
    assert application.about("menu")[0]["Digits"] == "1"


@SIZES
def test_another_handset_and_a_number_that_is_none(screen, simulator):
    words = screen.words
    screen.page.get_by_role("button", name=words["open"]).click()
    screen.page.get_by_label(words["open_label"]).fill("12")
    screen.page.get_by_role("button", name=words["open_do"], exact=True).click()
    expect(screen.page.get_by_role("alert")).to_have_text(words["wrong.not_a_number"])
    screen.page.get_by_label(words["open_label"]).fill("+86 138 0000 3061")
    screen.page.get_by_role("button", name=words["open_do"], exact=True).click()
    expect(screen.page.get_by_label(words["number"], exact=True)).to_have_value("+8613800003061")
    # The refused one is an answer that this test wanted.
    screen.faults = [fault for fault in screen.faults if "400 for" not in fault]

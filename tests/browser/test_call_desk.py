"""The call desk in a real browser: what is typed stays, one key files, the sentence is there to be read out."""
import json

import pytest
from playwright.sync_api import expect

from tests.browser import desk

WORDS = {"zh": "送货员把两条货放在门口就走了，没有打电话。" * 12, "en": "The driver left two cartons at the door and did not call. " * 8}


def begin(screen):
    """A call begun by hand with the key W."""
    screen.go("/desk/calls?list=1")
    screen.keys("w")
    screen.page.wait_for_url("**/desk/calls/*")
    screen.go(screen.page.url.removeprefix(screen.url))
    return screen


def type_words(screen, words: str) -> None:
    """Type, and wait until the server has it."""
    with screen.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        screen.page.locator("[name=text]").fill(words)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_typed_reloaded_filed_read_out(office, screens, language):
    """Every word is still there after a reload; F9 while the cursor stands in the words files the call."""
    agent = begin(desk.sign_in(screens(1440, language), "rexian"))
    agent.page.locator("[name=who]").fill("330106112233")
    agent.keys("Enter")
    agent.sees_text("城西利民便利店")
    type_words(agent, WORDS[language])
    agent.page.reload()
    expect(agent.page.locator("[name=text]")).to_have_value(WORDS[language])
    agent.page.locator("[name=leaf]").select_option("DLV.LATE")
    expect(agent.page.locator("[name=severity]:checked")).to_have_value("S3")
    agent.shot("calls-form")
    agent.page.locator("[name=text]").focus()
    agent.keys("F9")
    agent.sees("Read this out to him:")
    agent.shot("calls-filed")
    agent.page.wait_for_load_state()  # the page's script forgets what has arrived
    assert agent.page.evaluate("Object.keys(localStorage).length") == 0
    call = int(agent.page.url.split("?")[0].rsplit("/", 1)[1])
    assert office.row("SELECT filed_as, t.state, t.leaf_code FROM call JOIN ticket t ON t.id = ticket_id WHERE call.id = %s", call) == (
        "ticket", "dispatched", "DLV.LATE")
    agent.keys("n")
    agent.page.wait_for_url("**/desk/calls**")


def test_words_outlive_a_lost_connection(office, screens):
    """The server takes nothing: the page says so, and after a reload the words are back and kept."""
    agent = begin(desk.sign_in(screens(1440, "zh"), "rexian"))
    agent.page.route("**/draft", lambda route: route.abort())
    agent.page.locator("[name=text]").fill("这句话没有存到。")
    agent.sees("Not kept: you are signed out, or the server is away. What you typed stays in this browser. Sign in again in another tab if need be, "
               "then reload this page.")
    agent.page.unroute("**/draft")
    agent.faults.clear()  # the refused requests of this test
    with agent.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        agent.page.reload()
    expect(agent.page.locator("[name=text]")).to_have_value("这句话没有存到。")
    call = int(agent.page.url.split("?")[0].rsplit("/", 1)[1])
    assert office.row("SELECT draft->'fields'->>'text' FROM call WHERE id = %s", call) == ("这句话没有存到。",)
    agent.press("Nothing to file")


def test_two_windows_overwrite_nothing_unseen(office, screens):
    """The second window is told, and keeps its own words only when somebody says so."""
    agent = begin(desk.sign_in(screens(1440, "en"), "rexian"))
    address = agent.page.url
    other = agent.context.new_page()
    other.goto(address)
    type_words(agent, "first window")
    other.locator("[name=text]").fill("second window")
    expect(other.locator("[data-trouble]")).to_be_visible()
    expect(other.locator("[name=text]")).to_have_value("second window")
    with other.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        other.locator("[data-mine]").click()
    expect(other.locator("[data-trouble]")).to_be_hidden()
    other.close()
    agent.page.reload()
    expect(agent.page.locator("[name=text]")).to_have_value("second window")
    agent.press("Nothing to file")


def test_news_come_by_themselves(office, screens):
    """Somebody calls while the desk stands open: he is on the list without a reload, and what has focus keeps it."""
    agent = desk.sign_in(screens(1440, "zh"), "rexian")
    agent.go("/desk/calls?list=1")
    insert = ("INSERT INTO call (provider, sid, caller, state, began_at, waiting_at, meta) "
              "VALUES ('twilio', 'CA-news', '+8613900139123', 'waiting', now(), now(), %s) RETURNING id")
    with office.stand.connect() as rows:
        number = rows.execute(insert, (json.dumps({}),)).fetchone()[0]
        rows.commit()
    agent.sees_text("139××××9123")
    agent.shot("calls-waiting")
    agent.keys("r")
    agent.page.wait_for_url(f"**/desk/calls/{number}")
    assert office.row("SELECT state FROM call WHERE id = %s", number) == ("talking",)
    agent.press("Nothing to file")


def test_on_a_telephone_the_list_or_the_call(office, screens):
    """One column: the list leads to the call, the call back to the list."""
    agent = desk.sign_in(screens(390, "zh"), "rexian")
    agent.go("/desk/calls?list=1")
    agent.press("I am on the phone")
    agent.page.wait_for_url("**/desk/calls/*")
    address = agent.page.url.removeprefix(agent.url)
    agent.page.locator("[name=text]").fill(WORDS["zh"])
    assert agent.overflow() <= 0
    agent.shot("calls")
    agent.follow("Back to the calls")
    agent.page.wait_for_url("**list=1")
    assert agent.overflow() <= 0
    agent.shot("calls-list")
    agent.page.locator(f"a.rd-row__main[href='{address}']").click()
    expect(agent.page.locator("[name=text]")).to_have_value(WORDS["zh"])
    agent.press("Nothing to file")

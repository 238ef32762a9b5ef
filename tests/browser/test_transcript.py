"""Doubts of a transcript are confirmed by keys, and what was typed beside them is not lost."""
import pytest
from playwright.sync_api import expect

from tests.browser import desk

CALLS = {
    "zh": ("坐席：您好，请讲。\n来电：井窍的货没有给我，口了两次，一次三千八百六。", ["d", "y", "t:扣了两次", "d"], "紧俏的货没有给我，扣了两次，一次3860元。"),
    "en": ("Agent: Good morning.\nCaller: I was debated twice and did not get one hundred dollars back.", ["d", "y", "t:$100"],
           "I was debited twice and did not get $100 back."),
}
WISH = "please call me, 请回电"


def file(screen, text: str) -> str:
    """Paste, look, file; the case number once a worker has made the ticket."""
    screen.go("/desk/transcripts/new")
    screen.page.locator("[name=text]").fill(text)
    screen.press("Look at it")
    screen.sees("This is what will be filed")
    screen.shot("transcript-preview")
    screen.press("File it")
    expect(screen.page.locator(".rd-decidebar")).to_be_visible()
    ticket = screen.page.locator("a[data-key=O]")
    for _ in range(60):
        if ticket.count():
            break
        screen.page.wait_for_timeout(250)
        screen.page.reload()
    return ticket.get_attribute("href").rpartition("/")[2]


def press(screen, key: str) -> None:
    """One decision; the page is loaded anew."""
    with screen.page.expect_navigation():
        if key.startswith("t:"):
            screen.keys("t")
            screen.page.keyboard.insert_text(key.removeprefix("t:"))
            screen.keys("Enter")
        else:
            screen.keys(key)


@pytest.mark.parametrize("language", CALLS)
def test_doubts_are_confirmed_by_keys(office, screens, language):
    """Hands never leave the keyboard; the words of the ticket are the corrected ones, the transcript keeps what was heard."""
    text, keys, true = CALLS[language]
    hotline = desk.sign_in(screens(1440, language), "rexian")
    case_no = file(hotline, text)
    hotline.go(f"/desk/triage?case={case_no}")
    hotline.page.locator("[name=wish]").fill(WISH)
    hotline.keys("Escape")
    hotline.shot("transcript-triage")
    for key in keys:
        press(hotline, key)
        expect(hotline.page.locator("[name=wish]")).to_have_value(WISH)
    hotline.sees("Everything that had to be confirmed is confirmed.")
    expect(hotline.page.locator(".rd-decide")).to_have_count(0)
    hotline.shot("transcript-confirmed")
    said = "SELECT m.body, t.original FROM message m JOIN ticket k ON k.id = m.ticket_id JOIN transcript t ON t.intake_id = m.intake_id WHERE k.case_no = %s"
    assert office.row(said, case_no) == (true, text)


def test_the_place_in_hand_is_in_sight(office, screens):
    """A long talk scrolls behind its keys: both the doubt and the keys that decide it can be seen."""
    hotline = desk.sign_in(screens(1440, "zh"), "rexian")
    case_no = file(hotline, "\n".join(f"来电：第{number}句，货没有到。" for number in range(60)))
    hotline.go(f"/desk/triage?case={case_no}")
    for _ in range(40):
        press(hotline, "y")
    expect(hotline.page.locator(".rd-doubt[aria-current]")).to_be_in_viewport()
    expect(hotline.page.locator(".rd-decide [data-key=Y]")).to_be_in_viewport()
    hotline.shot("transcript-long")
    assert [hotline.resize(width).overflow() for width in (390, 1440)] == [0, 0]

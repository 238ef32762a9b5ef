"""The keyboard at the triage desk."""
from playwright.sync_api import expect

from tests.browser import desk, phone

KEYS = {"J": "Next or previous row", "L": "Category", "O": "What the retailer wants", "Enter": "Confirm and dispatch", "N": "Noise"}


VAGUE = ("你们这样搞我没法做了", "这个事到底有没有人管")  # a person must look what is meant


def test_j_and_k_walk_the_queue(screens):
    """The pane beside the queue follows the row."""
    retailer = screens(390, "zh")
    for number, words in enumerate(VAGUE):
        retailer.go("/")
        phone.fill(retailer, what=words, shop="一家小店", phone=f"138 0013 80{number}1")
        phone.send(retailer)
        phone.receipt(retailer)
    hotline = desk.sign_in(screens(1440, "zh"), "rexian")
    first, second = (row.get_attribute("href").split("#")[0] for row in desk.until_waiting(hotline, len(VAGUE))[:2])
    hotline.keys("j")
    hotline.page.wait_for_url(f"**{second}*")
    expect(hotline.page.locator(".rd-row.is-current a.rd-row__main")).to_have_attribute("href", f"{second}#matter")
    hotline.keys("k")
    hotline.page.wait_for_url(f"**{first}*")


def test_a_question_mark_lists_the_keys(screens):
    """Each key with the words of what it does; Escape leads back."""
    hotline = desk.sign_in(screens(1440, "zh"), "rexian")
    hotline.go("/desk/triage")
    hotline.keys("?")
    keys = hotline.page.locator("#keys")
    expect(keys).to_be_visible()
    for key, words in KEYS.items():
        term = keys.locator("dt", has=hotline.page.get_by_text(key, exact=True)).filter(visible=True).first
        expect(term.locator("xpath=following-sibling::dd[1]")).to_have_text(hotline.say(words))
    hotline.shot("keys")
    hotline.keys("Escape")
    expect(keys).to_be_hidden()

"""The complaint form where scripts do not run."""
from playwright.sync_api import expect

from tests.browser import phone

STORY = "店里的扫码枪连不上订货系统，已经三天了。"


def test_an_error_keeps_the_words_and_the_photo(office, screens):
    """A number that is too short comes back with everything that was typed; then it is sent."""
    retailer = screens(390, "zh", script=False)
    retailer.go("/")
    phone.fill(retailer, what=STORY, shop="330106112233", phone="1380013")
    phone.choose(retailer, "kind", "request")
    retailer.page.locator("[name=photos]").set_input_files(phone.photo("scanner.jpg"))
    phone.send(retailer)
    retailer.sees("A mobile number has %(expected)s digits, you typed %(digits)s. Please look again.", expected=11, digits=7)
    expect(retailer.page.locator("[name=what]")).to_have_value(STORY)
    expect(retailer.page.locator("[name=kind][value=request]")).to_be_checked()
    retailer.sees_text("scanner.jpg")
    retailer.shot("form-error")
    phone.fill(retailer, phone="13800138000")
    phone.send(retailer)
    case_no = phone.receipt(retailer)
    photos = "SELECT i.raw->>'text', count(a.id) FROM intake_record i LEFT JOIN attachment a ON a.intake_id = i.id WHERE i.case_no = %s GROUP BY 1"
    assert office.row(photos, case_no) == (STORY, 1)


def test_the_other_language_keeps_what_was_typed(screens):
    """The language button of the form is a button of the form."""
    retailer = screens(390, "zh", script=False)
    retailer.go("/")
    phone.fill(retailer, what=STORY)
    retailer.page.get_by_role("button", name="English").click()
    expect(retailer.page.locator("h1")).to_have_text("Tell us what went wrong")
    expect(retailer.page.locator("[name=what]")).to_have_value(STORY)


def test_a_double_press_makes_one_ticket(office, screens):
    """Two quick presses, and no script to stop the second."""
    retailer = screens(390, "zh", script=False)
    retailer.go("/")
    phone.fill(retailer, what=f"{STORY}（按了两下）", shop="330106112233", phone="13800138000")
    phone.send_button(retailer).dblclick()
    phone.receipt(retailer)
    assert office.row("SELECT count(*) FROM intake_record WHERE raw->>'text' = %s", f"{STORY}（按了两下）") == (1,)

"""An anonymous report in English: a number and a PIN shown once, hidden from every role that has nothing to do with it, answered."""
import re
import time
from datetime import date

from playwright.sync_api import expect

from tests.browser import desk, phone
from tickets import case_number

STORY = "The kiosk behind the stadium sells to schoolchildren every afternoon."
WORD = "stadium"
BARRED = ("rexian", "chuli1", "jingli", "zhijian", "guanli")  # hotline, handler, manager, QA, administrator
NOTICES = """SELECT count(*) FROM notice n JOIN ticket t ON t.id = n.ticket_id JOIN "user" u ON u.id = n.user_id
             WHERE t.case_no = %s AND u.login = ANY(%s)"""
NOBODY = "retailer_id, contact_phone, contact_name, shop_text, order_no"


def test_an_anonymous_report_stays_sealed_on_its_whole_road(office, screens):
    """Only compliance and the liaison see it, whatever becomes of it; the retailer reads the answer with number and PIN."""
    barred = [desk.sign_in(screens(1440, "en"), login) for login in BARRED]
    retailer = screens(390, "en")
    case_no, pin = _report(retailer)
    _arrived(office, retailer, case_no)
    assert office.ticket(case_no, NOBODY) == (None, None, "", "", "")
    _hidden_from(barred, office, case_no)
    compliance, liaison = desk.sign_in(screens(1440, "en"), "hegui"), desk.sign_in(screens(1440, "en"), "lianluo")
    _seen_by(liaison, case_no)
    _dispatch(compliance, case_no)
    assert _lists_with(liaison, case_no) != []
    _answer(liaison, case_no)
    desk.approve(compliance, case_no)
    _read_with_pin(screens(390, "en"), case_no, pin)
    desk.close(compliance, case_no)
    assert office.ticket(case_no, "state, sealed, anonymous, score, leaf_code") == ("closed", True, True, 4, "RPT.MINOR")
    _hidden_from(barred, office, case_no)


def _report(retailer) -> tuple[str, str]:
    """The number and the PIN, which a second look at the receipt no longer shows."""
    retailer.go("/")
    phone.fill(retailer, what=STORY, shop="Corner Shop of Mr Li", phone="13800138001")
    phone.choose(retailer, "kind", "report")
    phone.choose(retailer, "who", "anonymous")
    phone.send(retailer)
    case_no = phone.receipt(retailer)
    retailer.sees("Your PIN. Write it down now: it is shown only this once.")
    pin = retailer.page.locator(".rd-caseno").last.inner_text()
    retailer.shot("receipt-anonymous")
    retailer.page.reload()
    assert phone.receipt(retailer) == case_no
    expect(retailer.page.locator(".rd-caseno")).to_have_count(1)
    assert re.fullmatch(r"\d{6,}", pin)
    assert pin not in retailer.page.locator("main").inner_text().replace(" ", "").replace(case_no, "")
    return case_no, pin


def _arrived(office, retailer, case_no: str) -> None:
    retailer.follow("See how far it is")
    phone.until_title(retailer, "We have your report")
    deadline = time.monotonic() + 30  # the page speaks from the raw record; the ticket is a job's
    while office.ticket(case_no, "id") is None:
        assert time.monotonic() < deadline, "no job made the ticket"
        time.sleep(0.2)


def _hidden_from(barred, office, case_no: str) -> None:
    """No page, no hit, no line of a list, no notice: for these people the ticket does not exist."""
    for screen in barred:
        assert screen.go(f"/desk/tickets/{case_no}") == 404
        assert [screen.page.request.get(f"/desk/tickets/{case_no}/{paper}").status for paper in ("raw", "routing")] == [404, 404]
        assert [_finds(screen, words) for words in (case_no, WORD)] == [False, False]
        assert _lists_with(screen, case_no) == []
    assert office.row(NOTICES, case_no, list(BARRED)) == (0,)


def _finds(screen, words: str) -> bool:
    """Does the search box lead to the report?"""
    return STORY in screen.page.request.get("/desk/search", params={"q": words}).text()


def _lists_with(screen, case_no: str) -> list[str]:
    """The pages of this person's navigation, and his notices, that give the report away."""
    screen.go("/desk/notices")
    pages = [screen.page.request.get(link.get_attribute("href")) for link in screen.page.locator("#rail li a, .rd-bell").all()]
    assert {page.status for page in pages} == {200}
    signs = (case_no, case_number.show(case_no), WORD)
    return [page.url for page in pages if any(sign in page.text() for sign in signs)]


def _seen_by(screen, case_no: str) -> None:
    assert screen.go(f"/desk/tickets/{case_no}") == 200
    screen.sees_text(STORY)
    screen.sees("Nobody knows who it is. Words for this person stand on the tracking page.")
    assert _finds(screen, case_no)


def _dispatch(compliance, case_no: str) -> None:
    compliance.go("/desk/triage?tab=sealed")
    desk.triage_by_keys(compliance, case_no, "RPT.MINOR", "8", "Enforcement")
    desk.until_routed(compliance, case_no)


def _answer(liaison, case_no: str) -> None:
    desk.sign(liaison, case_no)
    desk.write_answer(liaison, "A-RPT-003", found="an inspector went there twice and the owner was warned.", passed_on=date.today().isoformat())


def _read_with_pin(stranger, case_no: str, pin: str) -> None:
    """Another telephone, without the link."""
    stranger.go("/track")
    phone.fill(stranger, number=case_no, secret=pin)
    stranger.page.locator("main [type=submit]").click()
    phone.until_title(stranger, "We have answered. Is it right?")
    stranger.sees_text("an inspector went there twice")
    phone.choose(stranger, "score", "4")
    stranger.press("Give this score")
    stranger.sees("Thank you. Your score is noted.")

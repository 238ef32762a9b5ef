"""One complaint in Chinese, from a retailer's telephone to the closing desk, with a redo on the way."""
from datetime import date, timedelta

from tests.browser import desk, phone

TEAM = "配送部"
STORY = "昨天下午应该送到的货到现在还没有来，店里快断货了。"
MISSING = "说好今天到，还是没有货。"
FINAL = "state, assignee_id, score, redos, accepted, outcome, root_cause, remedy, leaf_code"


def test_from_the_form_to_the_closing_desk(office, screens):
    """Files with a photo, is triaged by keys, routed, answered, rejected, answered again by the same handler, rated, closed."""
    retailer = screens(390, "zh")
    case_no = _file(retailer)
    hotline = desk.sign_in(screens(1440, "zh"), "rexian")
    _triage(hotline, case_no)
    handler_id, login = office.row("SELECT u.id, u.login FROM ticket t JOIN \"user\" u ON u.id = t.assignee_id WHERE case_no = %s", case_no)
    handler, manager = desk.sign_in(screens(1440, "zh"), login), desk.sign_in(screens(1440, "zh"), "jingli")
    _sign(handler, case_no)
    _answer(handler, case_no, "车辆在路上坏了，没有及时告诉您。")
    desk.approve(manager, case_no)
    _reject(retailer)
    assert office.ticket(case_no, "state, assignee_id, redos") == ("in_progress", handler_id, 1)
    _answer(handler, case_no, "第二辆车又装错了货，今天换车再送。")
    desk.approve(manager, case_no)
    _accept_and_rate(retailer)
    desk.close(manager, case_no)
    assert office.ticket(case_no, FINAL) == ("closed", handler_id, 5, 1, True, "upheld", "process.no_rule", "explained", "DLV.LATE")
    phone.until_title(retailer, "Settled")
    _words_went_out(office, case_no)


def _file(retailer) -> str:
    retailer.go("/")
    retailer.heading("Tell us what went wrong")
    phone.fill(retailer, what=STORY, shop="330106112233", phone="138 0013 8000", occurred="昨天下午", wish="今天送到，并告诉我原因")
    retailer.page.locator("[name=photos]").set_input_files(phone.photo())
    retailer.shot("form-filled")
    phone.send(retailer)
    case_no = phone.receipt(retailer)
    retailer.sees("What happens next")
    retailer.shot("receipt")
    retailer.follow("See how far it is")
    phone.until_title(retailer, "We have it")
    return case_no


def _triage(hotline, case_no: str) -> None:
    hotline.heading("Triage")
    for _ in range(60):  # a job makes the ticket
        if hotline.page.get_by_text(STORY).count():
            break
        hotline.page.wait_for_timeout(500)
        hotline.page.reload()
    hotline.sees_text(STORY)
    desk.triage_by_keys(hotline, case_no, "DLV.LATE", "8", TEAM)
    desk.until_routed(hotline, case_no)


def _sign(handler, case_no: str) -> None:
    handler.heading("My tickets")
    desk.sign(handler, case_no)
    photo = handler.page.request.get(handler.page.locator("a[href*='/desk/files/']").first.get_attribute("href"))
    assert photo.headers["content-type"] == "image/jpeg"


def _answer(handler, case_no: str, found: str) -> None:
    handler.go(f"/desk/tickets/{case_no}")
    desk.write_answer(handler, "A-DLV-001", found=found, remedy="换一辆车，明天第一个送到您店里。",
                      promise_date=(date.today() + timedelta(days=2)).isoformat())


def _reject(retailer) -> None:
    phone.until_title(retailer, "We have answered. Is it right?")
    retailer.sees_text("车辆在路上坏了")
    retailer.shot("tracking-answered")
    retailer.follow("No, not yet")
    retailer.page.locator("[name=reason]").fill(MISSING)
    retailer.page.locator("main [type=submit]").click()
    phone.until_title(retailer, "We handle it again")


def _accept_and_rate(retailer) -> None:
    phone.until_title(retailer, "We have answered. Is it right?")
    retailer.sees_text("第二辆车又装错了货")
    retailer.press("Yes, it is solved")
    retailer.heading("You said that it is solved")
    phone.choose(retailer, "score", "5")
    retailer.press("Give this score")
    retailer.sees("Thank you. Your score is noted.")


def _words_went_out(office, case_no: str) -> None:
    """Every message to the retailer was sent once; two answers, each with the standard answer that it came from."""
    sent = "SELECT m.purpose, m.answer_code FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE t.case_no = %s AND m.kind = 'out' ORDER BY m.id"
    with office.stand.connect() as rows:
        found = rows.execute(sent, (case_no,)).fetchall()
    assert found.count(("answer", "A-DLV-001")) == 2
    assert found[0][0] == "ack"

"""Back to a case without its link."""
import pytest

from tests.portal.filing import FILLED, file_complaint, records
from tickets import case_number

WRONG = "do not belong together"


@pytest.mark.parametrize("advanced", [True, False])
def test_number_and_phone_lead_to_the_case(client, queue, advanced):
    file_complaint(client)
    if advanced:
        queue.run()
    stored = records()[0]
    page = client.submit(client.get("/track"), number=case_number.show(stored.case_no), secret="138-0013-8000")
    assert page.path == f"/t/{stored.token}"


@pytest.mark.parametrize("secret", ["13800138001", "000000", "x"])
def test_a_wrong_pair_says_the_same_whatever_is_wrong(client, secret):
    file_complaint(client)
    known = client.submit(client.get("/track"), number=records()[0].case_no, secret=secret)
    unknown = client.submit(client.get("/track"), number="12345", secret=secret)
    assert WRONG in known.text
    assert WRONG in unknown.text


def test_an_anonymous_one_opens_with_its_pin_only(client, queue):
    page = file_complaint(client, who="anonymous")
    pin = [p.text for p in page.tree.all("p") if p.get("class") == "rd-caseno"][1]
    queue.run()
    number = records()[0].case_no
    assert WRONG in client.submit(client.get("/track"), number=number, secret=FILLED["phone"]).text
    assert client.submit(client.get("/track"), number=number, secret=f"{pin[:3]} {pin[3:]}").path == f"/t/{records()[0].token}"


def test_a_double_submit_of_an_anonymous_report_still_shows_the_pin(client):
    form = client.get("/")
    pages = [client.submit(form, **(FILLED | {"who": "anonymous"})) for _time in range(2)]
    pins = {[p.text for p in page.tree.all("p") if p.get("class") == "rd-caseno"][1] for page in pages}
    assert len(pins) == 1


def test_guessing_is_slowed_down(client, limits):
    page = client.get("/track")
    for _time in range(10):
        client.submit(page, number="12345", secret="000000")
    client.submit(page, status=429, number="12345", secret="000000")

"""flask doctor: each thing that can be wrong with an account or its surroundings, and what it says to do."""
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from commands.doctor import account as of_account
from commands.doctor import command, surroundings
from commands.doctor.finding import unless_unreadable
from core import i18n, settings
from gateways.line import LineFailure
from gateways.twilio_account import Account, Hook, Number, Service, TwilioAccount
from tests.gateways.fake_account import ACCOUNT, HOTLINE, TOKEN, FakeAccount
from tests.gateways.fake_twilio import NUMBER as OWN
from tests.gateways.fake_twilio import FakeTwilio
from tests.gateways.mail_catcher import catching

BASE = "https://redress.example.com"
SERVICE = "MG" + "1" * 32
NUMBER = Number(HOTLINE, frozenset({"sms", "voice", "mms"}), Hook(f"{BASE}/hooks/twilio/sms", "POST"), Hook(f"{BASE}/hooks/twilio/voice", "POST"),
                Hook(f"{BASE}/hooks/twilio/call-status", "POST"))
POOL = Service("Hotline", (HOTLINE,), Hook("", "POST"), asks_number=True)
CONFIG = {"SMS_GATEWAY": "twilio", "PUBLIC_BASE_URL": BASE, "TWILIO_STATUS_CALLBACK": f"{BASE}/hooks/twilio/message-status/{{reference}}",
          "MAIL_URL": "", "MAIL_FROM": "a@example.com"}
HOME = f"2010-04-01/Accounts/{ACCOUNT}"


@pytest.fixture(autouse=True)
def english(app):
    with app.app_context(), i18n.spoken("en"):
        yield


def levels(findings) -> list[str]:
    return [finding.level for finding in findings]


def faults(findings) -> str:
    return " ".join(finding.text for finding in findings if finding.level != "ok")


@pytest.mark.parametrize(("account", "expected", "says"), [
    (Account("Acme", "active", False), ["ok"], ""), (Account("Acme", "active", True), ["ok", "warning"], "trial"),
    (Account("Acme", "suspended", False), ["wrong"], "Acme is suspended"), (Account("Acme", "closed", True), ["wrong"], "closed")])
def test_the_account(account, expected, says):
    found = of_account.of_account(account)
    assert levels(found) == expected
    assert says in faults(found)


@pytest.mark.parametrize(("failure", "says"), [
    (LineFailure("connection", "ConnectTimeout"), "cannot be reached"), (LineFailure(20003, "Authenticate"), "copy Account SID and Auth Token"),
    (LineFailure(20404, "not found"), "20404")])
def test_an_account_that_does_not_open(failure, says):
    finding = of_account.refused(failure)
    assert (finding.level, says in finding.text) == ("wrong", True)


def test_a_number_as_it_should_be():
    assert levels(of_account.of_number(NUMBER, HOTLINE, BASE)) == ["ok"] * 4


@pytest.mark.parametrize(("change", "level", "says"), [
    ({"can": frozenset({"voice", "mms"})}, "wrong", "cannot take texts"), ({"can": frozenset({"sms", "mms"})}, "wrong", "cannot take calls"),
    ({"can": frozenset({"sms", "voice"})}, "warning", "no pictures"), ({"application": "AP1"}, "wrong", "application or a trunk (AP1)"),
    ({"trunk": "TK1"}, "wrong", "TK1"),
    ({"texts": Hook("", "POST")}, "wrong", "Nothing is told of: A message comes in."),
    ({"texts": Hook("https://demo.twilio.com/welcome/sms/reply", "POST")}, "wrong", "which is not ours"),
    ({"texts": Hook(f"{BASE}/hooks/twilio/sms/", "POST")}, "wrong", "which is not ours"),
    ({"texts": Hook(f"{BASE}/hooks/twilio/sms", "GET")}, "wrong", "Twilio asks by GET"),
    ({"calls": Hook("http://redress.example.com/hooks/twilio/voice", "POST")}, "wrong", "A call comes in: Twilio asks http://"),
    ({"calls": Hook("", "POST")}, "wrong", f"{BASE}/hooks/twilio/voice, HTTP POST"),
    ({"call_status": Hook("", "POST")}, "warning", "Missed calls are then noticed only by the comparison"),
    ({"call_status": Hook("https://other.test", "POST")}, "wrong", "Call status changes"),
])
def test_each_fault_of_a_number(change, level, says):
    found = of_account.of_number(replace(NUMBER, **change), HOTLINE, BASE)
    assert [finding.level for finding in found if finding.level != "ok"] == [level]
    assert says in faults(found)


def test_a_number_that_is_not_there():
    assert "does not own +12025550100" in faults(of_account.of_number(None, HOTLINE, BASE))
    assert "set TWILIO_NUMBER" in faults(of_account.of_number(None, "", BASE))


def test_the_numbers_own_address_does_not_count_where_a_service_tells_of_texts():
    silent, telling = replace(NUMBER, texts=Hook("", "POST")), replace(POOL, asks_number=False)
    assert levels(of_account.of_number(silent, HOTLINE, BASE, telling)) == ["ok"] * 3
    assert "wrong" in levels(of_account.of_number(silent, HOTLINE, BASE, POOL))


@pytest.mark.parametrize(("change", "level", "says"), [
    ({}, None, ""), ({"senders": ()}, "wrong", "has no sender"), ({"senders": ("+12025550999",)}, "warning", "call another"),
    ({"asks_number": False, "texts": Hook(f"{BASE}/hooks/twilio/sms", "POST")}, None, ""),
    ({"asks_number": False}, "wrong", "at no address"),
    ({"asks_number": False, "texts": Hook("https://other.test", "POST")}, "wrong", "https://other.test"),
    ({"asks_number": False, "texts": Hook(f"{BASE}/hooks/twilio/sms", "GET")}, "wrong", "by HTTP POST"),
])
def test_the_messaging_service(change, level, says):
    *found, opt_out = of_account.of_service(replace(POOL, **change), SERVICE, HOTLINE, BASE)
    assert [finding.level for finding in found if finding.level != "ok"] == [level] * bool(level)
    assert says in faults(found)
    assert "cannot be read by a program" in opt_out.text


def test_a_service_that_is_not_there():
    assert levels(of_account.of_service(None, SERVICE, HOTLINE, BASE)) == ["wrong"]


@pytest.mark.parametrize(("check", "allowed", "level"), [
    (of_account.may_text, True, "ok"), (of_account.may_text, False, "wrong"),
    (of_account.may_call, True, "ok"), (of_account.may_call, False, "warning")])
def test_permissions(check, allowed, level):
    assert levels(check(allowed, "CN")) == [level]


def test_what_cannot_be_read_is_said():
    def unreadable():
        raise LineFailure(20403, "no")
    (finding,) = unless_unreadable("The number", unreadable)
    assert (finding.level, "The number could not be read (20403)" in finding.text) == ("warning", True)


@pytest.mark.parametrize(("seconds", "expected"), [(0, ["ok"]), (-30, ["ok"]), (31, ["warning"]), (-299, ["warning"]), (301, ["wrong"])])
def test_the_clock(seconds, expected):
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert levels(surroundings.clock_skew(format_datetime(now + timedelta(seconds=seconds), usegmt=True), now)) == expected


@pytest.mark.parametrize("said", ["", "yesterday"])
def test_a_clock_that_says_nothing(said):
    assert surroundings.clock_skew(said, datetime.now(UTC)) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "https:///x"])
def test_an_address_that_nobody_outside_can_reach(url):
    assert levels(surroundings.public_address(url)) == ["wrong"]


@pytest.mark.parametrize(("single", "files", "level", "says"), [
    ({"health/live": {"status": "ok"}}, {}, "ok", "leads to this program"), ({"health/live": {"status": "up"}}, {}, "wrong", "something else"),
    ({}, {}, "wrong", "something else"), ({}, {"health/live": (b"<html>", "text/html")}, "warning", "does not answer"),
])
def test_where_our_own_address_leads(single, files, level, says):
    with FakeAccount() as fake:
        fake.single, fake.files, fake.open = single, files, True
        finding = surroundings._own_answer(fake.url)
    assert (finding.level, says in finding.text) == (level, True)


def test_nobody_at_our_own_address():
    with FakeAccount() as fake:
        url = fake.url
    assert surroundings._own_answer(url).level == "warning"


def test_without_https():
    found = surroundings.public_address("http://redress.invalid.test:9")
    assert levels(found)[0] == "wrong"
    assert "in the open" in found[0].text


@pytest.mark.parametrize(("change", "level"), [
    ({}, "ok"), ({"SMS_GATEWAY": "console"}, "warning"), ({"TWILIO_STATUS_CALLBACK": ""}, "warning"),
    ({"TWILIO_STATUS_CALLBACK": f"{BASE}/hooks/twilio/message-status/"}, "wrong"), ({"PUBLIC_BASE_URL": f"{BASE}/"}, "ok")])
def test_the_way_out(change, level):
    assert levels(surroundings.gateway(CONFIG | change)) == [level]


@pytest.mark.parametrize(("country", "number", "more", "warned"), [
    ("CN", HOTLINE, {}, True), ("US", "+8621000000", {}, True), ("US", HOTLINE, {}, False), ("CN", HOTLINE, {"SMS_GATEWAY": "console"}, False),
    ("CN", HOTLINE, {"SMS_ROUTES": "+86=carrier,*=twilio"}, False), ("CN", HOTLINE, {"SMS_ROUTES": "+86=twilio,*=carrier"}, True)])
def test_mainland_china(country, number, more, warned):
    assert levels(surroundings.mainland(CONFIG | more, country, number)) == ["warning"] * warned


@pytest.mark.parametrize(("text", "expected"), [("gateways: {}", ["ok"]), ("- a", ["wrong"]), ("a: [", ["wrong"]), (None, ["wrong"])])
def test_the_mapping_file(tmp_path, text, expected):
    path = tmp_path / "sms.yaml"
    if text is not None:
        path.write_text(text)
    assert levels(surroundings.mapping_file(str(path))) == expected
    assert surroundings.mapping_file("") == []


def test_the_mail_server():
    assert levels(surroundings.mail(CONFIG)) == ["warning"]
    with catching() as (catcher, port):
        assert levels(surroundings.mail(CONFIG | {"MAIL_URL": f"smtp://127.0.0.1:{port}"})) == ["ok"]
        assert catcher.messages == []
    assert levels(surroundings.mail(CONFIG | {"MAIL_URL": f"smtp://127.0.0.1:{port}"})) == ["wrong"]
    assert levels(surroundings.mail(CONFIG | {"MAIL_URL": "ftp://x"})) == ["wrong"]


def set_up(fake, base: str) -> None:
    """An account as the README says."""
    fake.single |= {
        f"{HOME}.json": {"friendly_name": "Acme", "status": "active", "type": "Full", "sid": ACCOUNT},
        f"{HOME}/IncomingPhoneNumbers.json": {"incoming_phone_numbers": [{
            "phone_number": HOTLINE, "capabilities": {"sms": True, "voice": True, "mms": True, "fax": False}, "sms_url": f"{base}/hooks/twilio/sms",
            "sms_method": "POST", "voice_url": f"{base}/hooks/twilio/voice", "voice_method": "POST",
            "status_callback": f"{base}/hooks/twilio/call-status", "status_callback_method": "POST", "sms_application_sid": "",
            "voice_application_sid": "", "trunk_sid": None}], "next_page_uri": None},
        f"v1/Services/{SERVICE}": {"sid": SERVICE, "friendly_name": "Hotline", "inbound_request_url": None, "inbound_method": "POST",
                                   "use_inbound_webhook_on_number": True},
        f"v1/Services/{SERVICE}/PhoneNumbers": {"phone_numbers": [{"phone_number": HOTLINE, "sid": "PN1"}], "meta": {"key": "phone_numbers"}},
        "v1/DialingPermissions/Countries/CN": {"iso_code": "CN", "low_risk_numbers_enabled": True},
        "v1/Messaging/GeoPermissions": {"permissions": [{"country_code": "CN", "type": "country", "enabled": True}]},
    }


@pytest.fixture
def fake():
    with FakeAccount() as account:
        set_up(account, BASE)
        yield account


@pytest.mark.parametrize("sender", [HOTLINE, SERVICE])
def test_a_whole_account_read_by_the_real_client(app, database, fake, monkeypatch, sender):
    settings.put("country", "CN")
    given = CONFIG | {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": f"{TOKEN},old", "TWILIO_BASE_URL": fake.url, "TWILIO_SENDER": sender,
                      "TWILIO_NUMBER": HOTLINE}
    for key, value in given.items():
        monkeypatch.setitem(app.config, key, value)
    monkeypatch.setattr(surroundings, "public_address", lambda base: [])
    with i18n.spoken("en"):
        found = list(command.examine())
        told = [str(finding.text) for finding in found]
    assert [finding.text for finding in found if finding.level == "wrong"] == []
    assert "Texts to CN are permitted." in told
    assert all(path.startswith(("/2010", "/v1")) for path in fake.seen)


def test_what_the_console_lacks_is_found_by_the_real_client(fake):
    account = TwilioAccount(ACCOUNT, TOKEN, fake.url)
    fake.single["v1/DialingPermissions/Countries/CN"]["low_risk_numbers_enabled"] = False
    fake.single["v1/Messaging/GeoPermissions"]["permissions"][0]["enabled"] = False
    assert (account.may_text("CN"), account.may_call("CN")) == (False, False)
    assert account.service("MG2") is None
    assert account.number("+12025550999") is None


@pytest.mark.parametrize(("permissions", "allowed"), [
    ([{"country_code": "CN", "enabled": True}], True), ({"country_code": "CN", "enabled": True}, True),
    ([{"country_code": "US", "enabled": True}], False), ([], False), ({"country_code": "CN", "enabled": False}, False)])
def test_the_permission_to_text_in_both_of_its_shapes(fake, permissions, allowed):
    fake.single["v1/Messaging/GeoPermissions"]["permissions"] = permissions
    assert TwilioAccount(ACCOUNT, TOKEN, fake.url).may_text("CN") is allowed


@pytest.mark.parametrize("permissions", [None, "all", ["CN"]])
def test_a_permission_that_nobody_understands_is_no_answer(fake, permissions):
    fake.single["v1/Messaging/GeoPermissions"]["permissions"] = permissions
    with pytest.raises(LineFailure) as caught:
        TwilioAccount(ACCOUNT, TOKEN, fake.url).may_text("CN")
    assert caught.value.code == "answer"


def test_the_simulators_account_is_in_order():
    """What is developed against is what the doctor calls healthy."""
    with FakeTwilio() as simulated:
        account = TwilioAccount(ACCOUNT, TOKEN, simulated.url)
        number, service = account.number(OWN), account.service(SERVICE)
        assert levels(of_account.of_account(account.account())) == ["ok"]
        assert levels(of_account.of_number(number, OWN, "http://127.0.0.1", service)) == ["ok"] * 4
        assert levels(of_account.of_service(service, SERVICE, OWN, "http://127.0.0.1")) == ["ok", "ok", "warning"]
        assert (account.may_text("CN"), account.may_call("CN")) == (True, True)


def test_beside_the_simulator_nothing_is_called_wrong(app, database, monkeypatch):
    """Even in a country whose retailers cannot text a number of Twilio, and with an address that only this machine knows."""
    settings.put("country", "CN")
    with FakeTwilio() as simulated:
        base = "http://127.0.0.1"  # the public address that this simulator was told
        given = CONFIG | {"PUBLIC_BASE_URL": base, "TWILIO_STATUS_CALLBACK": base + surroundings.REPORTS, "TWILIO_ACCOUNT_SID": ACCOUNT,
                          "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_BASE_URL": simulated.url, "TWILIO_SENDER": OWN, "TWILIO_NUMBER": OWN}
        for key, value in given.items():
            monkeypatch.setitem(app.config, key, value)
        with i18n.spoken("en"):
            found = list(command.examine())
            assert found[0].level == "warning"
            assert "is simulated" in found[0].text
            assert [finding.text for finding in found if finding.level == "wrong"] == []
            assert not any(word in faults(found) for word in ("nobody outside", "mainland"))


@pytest.mark.parametrize(("url", "simulated"), [("http://127.0.0.1:8001", True), ("http://localhost:9", True), ("", False),
                                                ("https://api.example.com", False)])
def test_an_account_on_this_machine_is_simulated(url, simulated):
    assert surroundings.simulated({"TWILIO_BASE_URL": url}) is simulated


def test_the_command_ends_with_one_when_something_is_wrong(app, database):
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert all(line.startswith(("ok ", "warning ", "wrong ")) for line in result.output.splitlines())
    assert "SMS_GATEWAY is console" in result.output


def test_the_command_ends_with_nought_when_nothing_is_wrong(app, database, monkeypatch):
    monkeypatch.setattr(surroundings, "public_address", lambda base: [])
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert (result.exit_code, "No account at Twilio is named" in result.output) == (0, True)

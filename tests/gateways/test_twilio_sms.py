"""Twilio: the real client against a stand-in server; what it asks for and which error means what."""
import socket
import socketserver
import threading

import pytest

from gateways.base import REASONS, GatewayDown, Outgoing, PermanentFailure, TemporaryFailure, UnknownOutcome
from gateways.twilio_codes import ALL, is_final, reason
from gateways.twilio_sms import TwilioSms
from tests.gateways.fake_twilio import ACCOUNT, TOKEN, FakeTwilio

OUTGOING = Outgoing("sms", "+8613800001234", "您的来件已收到。", "ack:7/1")
SERVICE = "MG" + "1" * 32


@pytest.fixture
def fake():
    with FakeTwilio() as server:
        yield server


def gateway(fake, sender="+12025550123", **options):
    return TwilioSms(ACCOUNT, TOKEN, sender, base_url=fake.url, **options)


def test_a_number_of_ours_or_a_messaging_service(fake):
    gateway(fake).send(OUTGOING)
    receipt = gateway(fake, SERVICE).send(OUTGOING)
    first, second = fake.messages.values()
    assert (first["from"], first["messaging_service_sid"]) == ("+12025550123", None)
    assert (second["from"], second["messaging_service_sid"]) == (None, SERVICE)
    assert (receipt.gateway_id, receipt.state) == (second["sid"], "queued")


def test_reports_are_asked_for_under_our_own_reference(fake):
    receipt = gateway(fake, status_callback="https://redress.example.com/hooks/{reference}").send(OUTGOING)
    message = fake.messages[receipt.gateway_id]
    assert message["status_callback"] == "https://redress.example.com/hooks/ack%3A7%2F1"
    assert gateway(fake).send(OUTGOING) and list(fake.messages.values())[1]["status_callback"] is None


@pytest.mark.parametrize("code", [21211, 21610, 21614, 21635, 30006, 30007])
def test_errors_that_another_try_does_not_mend(fake, code):
    fake.fail_next(400, code)
    with pytest.raises(PermanentFailure) as caught:
        gateway(fake).send(OUTGOING)
    assert caught.value.code == str(code) and "as asked for" in caught.value.message
    assert not isinstance(caught.value, UnknownOutcome)


@pytest.mark.parametrize(("status", "code"), [(429, 20429), (400, 30003), (500, 20500), (503, 20503), (429, 99999)])
def test_errors_worth_another_try(fake, status, code):
    fake.fail_next(status, code)
    with pytest.raises(TemporaryFailure) as caught:
        gateway(fake).send(OUTGOING)
    assert caught.value.code == str(code)


def test_wrong_credentials_are_ours_to_mend(fake):
    with pytest.raises(TemporaryFailure) as caught:
        TwilioSms(ACCOUNT, "wrong", SERVICE, base_url=fake.url).send(OUTGOING)
    assert caught.value.code == "20003"
    assert fake.messages == {}


def test_silence_after_the_request_is_not_tried_again(fake):
    fake.delay = 1.5
    with pytest.raises(UnknownOutcome):
        gateway(fake, timeout=1).send(OUTGOING)
    assert len(fake.messages) == 1


def test_nobody_there(fake):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(TemporaryFailure):
        TwilioSms(ACCOUNT, TOKEN, SERVICE, base_url=f"http://127.0.0.1:{port}").send(OUTGOING)


class HangUp(socketserver.StreamRequestHandler):
    """Reads the request and hangs up without a word."""

    def handle(self):
        self.rfile.readline()


def test_a_line_that_breaks_after_the_request_is_not_tried_again():
    with socketserver.TCPServer(("127.0.0.1", 0), HangUp) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(UnknownOutcome):
            TwilioSms(ACCOUNT, TOKEN, SERVICE, base_url=f"http://127.0.0.1:{server.server_address[1]}").send(OUTGOING)
        thread.join()


@pytest.mark.parametrize(
    ("code", "status", "final"),
    [
        (30007, 400, True), ("30006", 400, True), (30003, 400, False), ("30003", 503, False), (12345, 400, True),
        (12345, 500, False), (None, 400, True), (None, 429, False), ("odd", 404, True), (20003, 401, False),
    ],
)
def test_is_final(code, status, final):
    assert is_final(code, status) is final


@pytest.mark.parametrize(("status", "code", "down"), [
    (429, 20429, False), (400, 30003, False), (500, 20500, True), (503, 20503, True), (401, 20003, True), (403, 99999, True), (400, 30002, True)])
def test_what_is_not_the_messages_fault(fake, status, code, down):
    fake.fail_next(status, code)
    with pytest.raises(TemporaryFailure) as caught:
        gateway(fake).send(OUTGOING)
    assert isinstance(caught.value, GatewayDown) is down


def test_reasons_are_known_ones():
    assert set(ALL.values()) - {""} <= set(REASONS)
    assert (reason(21610), reason("30006"), reason(None), reason("١٢")) == ("opted_out", "landline", "", "")


def test_without_another_host_the_address_is_twilios_own():
    client = TwilioSms(ACCOUNT, TOKEN, SERVICE).client
    assert client.http_client.timeout == 10
    assert client.http_client.base.netloc == ""
    assert client.http_client.session is None


@pytest.mark.parametrize(("address", "stands_in"), [
    ("", False), ("http://127.0.0.1:8001", True), ("http://localhost:8001", True), ("https://api.twilio.example", False), ("http://10.0.0.1:8001", False)])
def test_only_a_provider_on_this_machine_reaches_nobody(address, stands_in):
    assert TwilioSms(ACCOUNT, TOKEN, SERVICE, base_url=address).stands_in is stands_in

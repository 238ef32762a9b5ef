"""The one contract that every gateway keeps: takes a message once, gives a receipt, fails in the way it should."""
import io
import json
from dataclasses import dataclass

import pytest

from gateways.base import Gateway, Outgoing, PermanentFailure, TemporaryFailure
from gateways.console import ConsoleGateway
from gateways.http_sms import HttpSms
from gateways.recording import RecordingGateway
from gateways.routed import RoutedGateway
from gateways.smtp import SmtpGateway
from gateways.twilio_sms import TwilioSms
from tests.gateways import fake_carrier
from tests.gateways.fake_carrier import FakeCarrier, carrier
from tests.gateways.fake_twilio import ACCOUNT, OPTED_OUT, TOKEN, FakeTwilio
from tests.gateways.mail_catcher import BUSY_BOX, NO_SUCH_BOX, catching

BODY = "您好，编号 61122 4831 7 的来件已办好。\nReply 1-5 {{not a placeholder}} \\ \"quoted\""


@dataclass
class Rig:
    """A gateway, the channel it serves, what arrived at the other end, and how to make it fail."""

    gateway: Gateway
    channel: str
    arrived: object
    fail: dict

    def outgoing(self, n=1, to=None):
        address = {"sms": "+8613800001234", "email": "li@example.com"}[self.channel]
        return Outgoing(self.channel, to or address, BODY, f"message:{n}", "答复：您的来件", "service@example.com")


@pytest.fixture
def console():
    stream = io.StringIO()

    def arrived():
        words = [json.loads(line.split(" ", 2)[2]) for line in stream.getvalue().splitlines()]
        return [text.removeprefix("答复：您的来件 | ") for text in words]

    return Rig(ConsoleGateway(stream), "sms", arrived, {})


@pytest.fixture
def recording():
    gateway = RecordingGateway()

    def fail_with(failure):
        gateway.failures.append(failure)

    fail = {TemporaryFailure: lambda: fail_with(TemporaryFailure(1)), PermanentFailure: lambda: fail_with(PermanentFailure(2))}
    return Rig(gateway, "email", lambda: [outgoing.body for outgoing in gateway.sent], fail)


@pytest.fixture
def smtp():
    with catching() as (catcher, port):
        gateway = SmtpGateway(f"smtp://127.0.0.1:{port}", "客服 <service@example.com>")
        fail = {TemporaryFailure: lambda: BUSY_BOX, PermanentFailure: lambda: NO_SUCH_BOX}
        yield Rig(gateway, "email", lambda: [_body(message) for message in catcher.messages], fail)


@pytest.fixture
def twilio():
    with FakeTwilio() as fake:
        gateway = TwilioSms(ACCOUNT, TOKEN, "+12025550123", base_url=fake.url)
        fail = {TemporaryFailure: lambda: fake.fail_next(429, 20429), PermanentFailure: lambda: OPTED_OUT}
        yield Rig(gateway, "sms", lambda: [message["body"] for message in fake.messages.values()], fail)


@pytest.fixture
def http(tmp_path):
    with FakeCarrier() as fake:
        gateway = HttpSms(carrier(tmp_path, fake.url, send__templates="none"))
        fail = {TemporaryFailure: lambda: fake.answer_next(200, {"code": "2001"}), PermanentFailure: lambda: fake_carrier.OPTED_OUT}
        yield Rig(gateway, "sms", lambda: [message["content"] for message in fake.messages], fail)


@pytest.fixture
def routed(http):
    http.gateway = RoutedGateway({"*": "console", "+86": "paperplane"}, {"console": ConsoleGateway(io.StringIO()), "paperplane": http.gateway})
    return http


def _body(message):
    return message.get_content().replace("\r\n", "\n").removesuffix("\n")


@pytest.fixture(params=["console", "recording", "smtp", "twilio", "http", "routed"])
def rig(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["recording", "smtp", "twilio", "http", "routed"])
def failing_rig(request):
    return request.getfixturevalue(request.param)


def test_it_is_a_gateway(rig):
    assert isinstance(rig.gateway, Gateway)
    assert rig.gateway.name


def test_the_words_arrive_unchanged_and_once(rig):
    receipt = rig.gateway.send(rig.outgoing())
    assert rig.arrived() == [BODY]
    assert receipt.state in ("sent", "queued")


def test_each_message_has_a_receipt_of_its_own(rig):
    receipts = [rig.gateway.send(rig.outgoing(n)) for n in (1, 2)]
    assert len({receipt.gateway_id for receipt in receipts}) == 2
    assert len(rig.arrived()) == 2


@pytest.mark.parametrize("failure", [TemporaryFailure, PermanentFailure])
def test_a_failure_has_a_code_and_sends_nothing(failing_rig, failure):
    address = failing_rig.fail[failure]()
    with pytest.raises(failure) as caught:
        failing_rig.gateway.send(failing_rig.outgoing(to=address))
    assert caught.value.code
    assert failing_rig.arrived() == []


def test_after_a_failure_the_next_message_goes_out(failing_rig):
    address = failing_rig.fail[TemporaryFailure]()
    with pytest.raises(TemporaryFailure):
        failing_rig.gateway.send(failing_rig.outgoing(to=address))
    failing_rig.gateway.send(failing_rig.outgoing(2))
    assert failing_rig.arrived() == [BODY]

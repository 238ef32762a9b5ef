"""SMTP: headers, TLS, sign-in, and which failure means what."""
import socket
from datetime import UTC, datetime

import pytest

from core import clock
from gateways.base import Outgoing, PermanentFailure, TemporaryFailure, UnknownOutcome
from gateways.smtp import SmtpGateway
from tests.gateways.mail_catcher import PASSWORD, USER, catching, certificates, sign_in

SENDER = "客户服务 <service@example.com>"
OUTGOING = Outgoing("email", "li@example.org", "正文\n" + "很长" * 800, "answer:7:1", "答复：少送两条", "inbox@example.com")
NOON = datetime(2026, 11, 19, 4, 42, tzinfo=UTC)


def gateway(port, scheme="smtp", user="", **options):
    return SmtpGateway(f"{scheme}://{user}127.0.0.1:{port}", SENDER, **options)


def test_headers():
    with catching() as (catcher, port), clock.frozen(NOON):
        receipt = gateway(port).send(OUTGOING)
    (message,) = catcher.messages
    assert catcher.recipients == ["li@example.org"]
    assert message["Subject"] == "答复：少送两条"
    assert message["From"] == SENDER and message["To"] == "li@example.org"
    assert message["Reply-To"] == "inbox@example.com"
    assert message["Message-ID"] == receipt.gateway_id == "<answer-7-1@example.com>"
    assert message["Date"].datetime == NOON
    assert message.get_content().split() == OUTGOING.body.split()


def test_nothing_leaves_the_7_bit_alphabet():
    with catching(decode_data=False) as (catcher, port):
        gateway(port).send(OUTGOING)
    raw = catcher.messages[0].as_bytes()
    assert raw.isascii() and max(map(len, raw.splitlines())) < 998


@pytest.mark.parametrize("to", ["", "li", "li@example.org\r\nBcc: all@example.org", "李@example.org", "a b@example.org"])
def test_what_is_no_address_is_refused_before_any_connection(to):
    with pytest.raises(PermanentFailure, match="bad_address"):
        gateway(1).send(Outgoing("email", to, "x", "r"))


def test_a_subject_cannot_bring_a_header_of_its_own():
    with catching() as (catcher, port):
        gateway(port).send(Outgoing("email", "li@example.org", "x", "r", subject="a\r\nBcc: all@example.org"))
    assert catcher.messages[0]["Bcc"] is None
    assert catcher.messages[0]["Subject"] == "a Bcc: all@example.org"


def test_starttls_and_sign_in():
    server, client = certificates()
    user = f"{USER}:{PASSWORD.replace('@', '%40').replace('/', '%2F')}@"
    with catching(tls_context=server, require_starttls=True, authenticator=sign_in, auth_required=True) as (catcher, port):
        gateway(port, "smtp+starttls", user, context=client).send(OUTGOING)
    assert len(catcher.messages) == 1
    assert catcher.sessions[0].ssl and catcher.sessions[0].authenticated


def test_tls_from_the_first_byte():
    server, client = certificates()
    with catching(ssl_context=server) as (catcher, port):
        gateway(port, "smtps", context=client).send(OUTGOING)
    assert len(catcher.messages) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_trusted():
    server, _client = certificates()
    with catching(tls_context=server) as (catcher, port):
        with pytest.raises(TemporaryFailure):
            gateway(port, "smtp+starttls").send(OUTGOING)
    assert catcher.messages == []


def test_without_starttls_nothing_is_said_in_clear():
    with catching() as (catcher, port):
        with pytest.raises(TemporaryFailure):
            gateway(port, "smtp+starttls", "post:secret@").send(OUTGOING)
    assert catcher.messages == []


def test_a_wrong_password_is_ours_to_mend():
    server, client = certificates()
    with catching(tls_context=server, authenticator=sign_in, auth_required=True) as (_catcher, port):
        with pytest.raises(TemporaryFailure) as caught:
            gateway(port, "smtp+starttls", "post:wrong@", context=client).send(OUTGOING)
    assert caught.value.code == "535"


@pytest.mark.parametrize(
    ("answer", "failure", "code"),
    [("452 disk full", TemporaryFailure, "452"), ("554 looks like spam", PermanentFailure, "554")],
)
def test_the_text_may_be_refused(answer, failure, code):
    with catching() as (catcher, port):
        catcher.after_data = answer
        with pytest.raises(failure) as caught:
            gateway(port).send(OUTGOING)
    assert caught.value.code == code
    assert type(caught.value) is failure


def test_silence_after_the_text_is_not_tried_again():
    with catching() as (catcher, port):
        catcher.delay = 1.5
        with pytest.raises(UnknownOutcome):
            gateway(port, timeout=1).send(OUTGOING)
    assert len(catcher.messages) == 1


def test_nobody_there_and_nobody_answering():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(TemporaryFailure):
            gateway(port, timeout=0.2).send(OUTGOING)
    with pytest.raises(TemporaryFailure):
        gateway(port).send(OUTGOING)


@pytest.mark.parametrize("url", ["http://example.com", "example.com:25", "smtp://", "smtp://host:port"])
def test_an_unusable_address_of_the_server_is_refused(url):
    with pytest.raises(ValueError):
        SmtpGateway(url, SENDER)


def test_an_unusable_sender_is_refused():
    with pytest.raises(ValueError, match="sender"):
        SmtpGateway("smtp://host", "客户服务")

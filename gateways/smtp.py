"""E-mail over SMTP, plain, STARTTLS or TLS from the first byte, told by the scheme of the address."""
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from core import clock
from gateways.base import GatewayDown, Outgoing, PermanentFailure, Receipt, TemporaryFailure, UnknownOutcome

TIMEOUT = 10.0
DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
# Every server can carry 7-bit text, so no word depends on what the next one down the line supports.
POLICY = SMTP.clone(cte_type="7bit")
_ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")


class SmtpGateway:
    """One connection a message: a mail server closes idle ones, and a worker's fork must not inherit any."""

    name = "smtp"

    def __init__(self, url: str, sender: str, timeout: float = TIMEOUT, context: ssl.SSLContext | None = None):
        """`url` as in "smtp+starttls://user:password@host:587", `sender` as in "Service <service@example.com>".

        Raises ValueError for a scheme or sender that cannot be used.
        """
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ValueError(f"a mail address starts with one of {', '.join(DEFAULT_PORTS)} and names a host")
        self.scheme, self.host = parts.scheme, parts.hostname
        self.port = parts.port or DEFAULT_PORTS[parts.scheme]
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.sender, self.envelope = sender, parseaddr(sender)[1]
        if not _ADDRESS.fullmatch(self.envelope):
            raise ValueError("the sender is not an e-mail address")
        self.domain = self.envelope.rpartition("@")[2]
        self.timeout, self.context = timeout, context or ssl.create_default_context()

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the message to the server; its Message-ID is the receipt's id. Raises a GatewayFailure."""
        message = self._message(outgoing)
        with self._connection() as server:
            self._expect_ok(*_said(server.mail, self.envelope))
            self._expect_ok(*_said(server.rcpt, outgoing.to))
            self._expect_ok(*self._hand_over(server, message.as_bytes()))
        return Receipt(message["Message-ID"], "sent")

    def check(self) -> None:
        """Connect and sign in, and send nothing. Raises TemporaryFailure."""
        with self._connection():
            pass

    def _message(self, outgoing: Outgoing) -> EmailMessage:
        if not _ADDRESS.fullmatch(outgoing.to):
            raise PermanentFailure("bad_address", "not an e-mail address", "bad_number")
        message = EmailMessage(policy=POLICY)
        message["From"], message["To"] = self.sender, outgoing.to
        message["Subject"] = " ".join(outgoing.subject.split())
        if outgoing.reply_to:
            message["Reply-To"] = outgoing.reply_to
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{re.sub('[^A-Za-z0-9._-]', '-', outgoing.reference)}@{self.domain}>"
        message.set_content(outgoing.body)
        return message

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """A connection that is ready for a message; whatever fails before that is our side's matter, so temporary."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise GatewayDown(getattr(error, "smtp_code", "connection"), str(error)) from error
        try:
            yield server
        finally:
            _quit(server)

    def _connect(self) -> smtplib.SMTP:
        # The name in the greeting is given: looking up our own would ask the DNS, which can hang.
        if self.scheme == "smtps":
            server = smtplib.SMTP_SSL(self.host, self.port, self.domain, timeout=self.timeout, context=self.context)
        else:
            server = smtplib.SMTP(self.host, self.port, self.domain, timeout=self.timeout)
        try:
            self._prepare(server)
        except BaseException:
            server.close()
            raise
        return server

    def _prepare(self, server: smtplib.SMTP) -> None:
        if self.scheme == "smtp+starttls":
            server.starttls(context=self.context)
        server.ehlo_or_helo_if_needed()
        if self.user:
            server.login(self.user, self.password)

    def _hand_over(self, server: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
        """Once the content is on its way, silence does not mean that it was not taken."""
        try:
            return server.data(content)
        except smtplib.SMTPDataError as error:
            return error.smtp_code, error.smtp_error
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise UnknownOutcome("connection", str(error)) from error

    def _expect_ok(self, code: int, reply: bytes) -> None:
        if 200 <= code < 300:
            return
        failure = PermanentFailure if code >= 500 else TemporaryFailure
        raise failure(code, reply.decode("utf-8", "replace"))


def _said(command, *words: str) -> tuple[int, bytes]:
    try:
        return command(*words)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise TemporaryFailure("connection", str(error)) from error


def _quit(server: smtplib.SMTP) -> None:
    """The message is taken or refused by now: an unfriendly goodbye must not turn a sent message into a failed one."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()

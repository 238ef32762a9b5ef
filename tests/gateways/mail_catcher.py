"""A local mail server that keeps what it is given and answers as told, plain or with TLS."""
import email
import ssl
import time
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

NO_SUCH_BOX = "nobody@example.com"
BUSY_BOX = "busy@example.com"
USER, PASSWORD = "post", "p@ss/word"


class Catcher:
    """`messages` are the parsed messages; `after_data` is the answer to a message's text, `delay` seconds before it."""

    def __init__(self):
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.after_data = "250 OK"
        self.delay = 0.0
        self.sessions = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Refuse one box for good and another one for now."""
        refused = {NO_SUCH_BOX: "550 no such box", BUSY_BOX: "451 try later"}
        if address in refused:
            return refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep the message if it is taken."""
        self.sessions.append(session)
        if self.after_data.startswith("250"):
            self.messages.append(email.message_from_bytes(envelope.content, policy=default))
            self.recipients += envelope.rcpt_tos
        time.sleep(self.delay)
        return self.after_data


class AnyPortController(Controller):
    """Takes a free port: the library knocks at the port it was told, which is 0, so it is told the real one first."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def catching(**options):
    """A catcher and its port."""
    catcher = Catcher()
    controller = AnyPortController(catcher, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield catcher, controller.port
    finally:
        controller.stop()


def sign_in(server, session, envelope, mechanism, auth_data) -> AuthResult:
    """Takes one user and one password."""
    right = (auth_data.login, auth_data.password) == (USER.encode(), PASSWORD.encode())
    # "Handled" would mean that the refusal was already said to the client.
    return AuthResult(success=right, handled=False)


def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A context for the server on 127.0.0.1, and one for a client that trusts it."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(client)
    return server, client

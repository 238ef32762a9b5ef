"""A stand-in for Twilio's account in tests of the gateway: the simulator's server, and what the gateway's tests ask of it."""
import contextlib

from simulator.rest import shapes
from simulator.server import Simulator
from simulator.wire import Reply, by_http

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token"
NUMBER = "+12025550123"
SERVICE = "MG" + "1" * 32
OPTED_OUT = "+8613800000610"


class FakeTwilio(contextlib.ExitStack):
    """One account on a port of its own; `messages` are the resources by SID, in the order they came."""

    def __init__(self):
        super().__init__()
        self.simulator = Simulator("http://127.0.0.1", ACCOUNT, TOKEN, number=NUMBER, service=SERVICE, post=by_http)
        self.simulator.account.opted_out.add(OPTED_OUT)

    def __enter__(self):
        self.url = self.enter_context(self.simulator.serving())
        return self

    @property
    def messages(self) -> dict[str, dict]:
        """What was taken, as the account lists it, each with the address that wants to hear of it."""
        account = self.simulator.account
        return {sid: shapes.message(account, text) | {"status_callback": text.status_callback} for sid, text in list(account.messages.items())}

    def fail_next(self, http_status: int, code: int) -> None:
        """The next request is refused with this HTTP status and error number."""
        self.simulator.fail_next(http_status, code)

    @property
    def delay(self) -> float:
        """Seconds after which it says that it took what came."""
        return self.simulator.account.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self.simulator.account.delay = seconds

    def report(self, sid: str, status: str, code: int | None = None) -> Reply:
        """Send the delivery report of a message to its callback address, signed as Twilio signs."""
        return self.simulator.outgoing.report(self.simulator.account.messages[sid], status, code)

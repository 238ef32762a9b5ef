"""The simulator as one object: an account with its number and handsets, its resources over HTTP, and a page where it is wanted."""
import contextlib
import threading
from collections.abc import Iterator
from random import Random

from flask import Flask
from werkzeug.serving import make_server

from simulator import guard, reports, rest
from simulator.account import Account, Number, new_sid
from simulator.clockwork import ByHand, Clockwork
from simulator.handset import Handset
from simulator.incoming import Incoming
from simulator.models import CallRecord
from simulator.outgoing import Outgoing
from simulator.voice.call import Call
from simulator.wire import Poster, Wire, by_http

HOTLINE = "+12025550100"
CALLS_KEPT = 500  # with all that was heard in them; the account's list is longer
STARTING = Handset(None, "").fate


class Simulator:
    """An account at an invented provider. With the defaults nothing happens by itself: the time is moved by hand and speech takes none."""

    def __init__(self, app_url: str, account: str, token: str, *, number: str = HOTLINE, service: str = "", post: Poster = by_http,
                 clock: Clockwork | None = None, chance: Random | None = None, pace: float = 0, gap: float = 0):
        """`app_url` is the application's public address; `post` carries a request there; `gap` lies between the parts of a text."""
        self.clock = clock or ByHand()
        hooks = app_url.rstrip("/") + "/hooks/twilio"
        own = Number("PN" + account[2:], number, f"{hooks}/sms", f"{hooks}/voice", f"{hooks}/call-status")
        self.account = Account(account, token, own, service or "MG" + account[2:], self.clock)
        self.wire, self.pace = Wire(token, self.clock, post), pace
        self.handsets: dict[str, Handset] = {}
        self.calls: dict[str, Call] = {}
        self.outgoing = Outgoing(self.account, self.wire, self._fate)
        self.incoming = Incoming(self.account, self.wire, chance or Random(), gap, self.outgoing)

    def handset(self, number: str, name: str = "") -> Handset:
        """The handset of this number; a new one if there is none yet."""
        return self.handsets.setdefault(number, Handset(self, number, name))

    def dialled(self, caller: str) -> Call:
        """A new call from this number to the hotline, not yet begun."""
        record = self.account.keep("calls", CallRecord(new_sid("CA"), self.clock.now(), caller, self.account.number.e164, "inbound"))
        self.calls[record.sid] = Call(self.account, self.wire, record, self.pace)
        while len(self.calls) > CALLS_KEPT:
            self.calls.pop(next(iter(self.calls)))
        return self.calls[record.sid]

    def fail_for(self, seconds: float, status: int = 500) -> None:
        """Answer whatever the application asks with this HTTP status for so many seconds."""
        self.account.fail_for(seconds, status)

    def fail_next(self, status: int, code: int) -> None:
        """Refuse the next request with this HTTP status and error number."""
        self.account.errors.append((status, code))

    def web(self) -> Flask:
        """The provider's resources as a web application."""
        app = Flask(__name__, static_folder=None)
        guard.watch(app)
        rest.register(app, self.account, self.wire, self.outgoing, self.calls)
        return app

    @contextlib.contextmanager
    def serving(self, port: int = 0) -> Iterator[str]:
        """Serve the resources on this machine, in a thread; yields the address."""
        server = make_server("127.0.0.1", port, self.web(), threaded=True)
        self.account.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self.account.url
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def _fate(self, number: str) -> tuple[reports.Fate, float]:
        return self.handsets[number].fate if number in self.handsets else STARTING

"""Where the web server listens: read from HOST and PORT, checked to be free, asked whether it answers."""

from __future__ import annotations

import contextlib
import http.client
import socket
from dataclasses import dataclass

from core.machine.data_folder import Refused

EVERY_INTERFACE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True)
class Address:
    """A host and a port of this machine."""

    host: str
    port: int

    @classmethod
    def read(cls, host: str, port: str) -> Address:
        """From two settings, each may be empty. Raises Refused when the port is not a number from 1 to 65535."""
        text = port or "8000"
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            raise Refused(f"PORT must be a number from 1 to 65535, not {text!r}.")
        return cls(host or "127.0.0.1", int(text))

    @property
    def bind(self) -> str:
        """As the web server takes it."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """As a browser on this machine takes it."""
        return f"http://{_bracketed(self._reachable)}:{self.port}"

    @property
    def on_this_machine(self) -> bool:
        """Whether `url` leads here under a name that no other machine can use."""
        return self._reachable in ("127.0.0.1", "::1", "localhost")

    @property
    def _reachable(self) -> str:
        return EVERY_INTERFACE.get(self.host, self.host)

    def check_free(self) -> None:
        """Raises Refused, with what to do, when this address cannot be listened on."""
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web server does
                probe.bind(place)
        except OSError as error:
            raise Refused(f"Port {self.port} on {self.host} cannot be used ({error.strerror}); "
                          "choose another one, for example: make run PORT=8001") from None

    def answers(self, path: str) -> bool:
        """True when a GET of `path` is answered with 200 within two seconds."""
        connection = http.client.HTTPConnection(self._reachable, self.port, timeout=2)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", path)
            return connection.getresponse().status == 200
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host

"""The web address: read from the settings, refused when it is taken or makes no sense."""

import http.server
import socket
import threading

import pytest

from core.machine.data_folder import Refused
from core.machine.web_address import Address


@pytest.mark.parametrize(("host", "port", "bind", "url"), [
    ("", "", "127.0.0.1:8000", "http://127.0.0.1:8000"),
    ("", "8001", "127.0.0.1:8001", "http://127.0.0.1:8001"),
    ("0.0.0.0", "80", "0.0.0.0:80", "http://127.0.0.1:80"),
    ("::", "8000", "[::]:8000", "http://[::1]:8000"),
    ("desk.example", "65535", "desk.example:65535", "http://desk.example:65535"),
])
def test_settings_become_an_address(host, port, bind, url):
    address = Address.read(host, port)
    assert (address.bind, address.url) == (bind, url)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8000 ", "８０００", "80.0"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(Refused, match="PORT must be a number"):
        Address.read("", port)


def test_a_taken_port_is_refused_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = Address("127.0.0.1", other.getsockname()[1])
        with pytest.raises(Refused, match="make run PORT=") as refusal:
            address.check_free()
    assert "\n" not in str(refusal.value)
    address.check_free()


def test_a_host_of_another_machine_is_refused():
    with pytest.raises(Refused, match=r"192\.0\.2\.1 cannot be used"):
        Address("192.0.2.1", 8000).check_free()


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/good" else 503)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_only_a_200_counts_as_an_answer():
    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = Address("127.0.0.1", server.server_port)
        answers = address.answers("/good"), address.answers("/bad")
        server.shutdown()
    assert answers == (True, False)
    assert not address.answers("/good")

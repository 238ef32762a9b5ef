"""A stand-in for an HTTP carrier: keeps what it takes, errs on demand, and knocks at our doors with its signature."""
import hashlib
import hmac
import json
import re
import threading
from pathlib import Path

import yaml
from flask import Flask, jsonify, request
from werkzeug.serving import make_server

from gateways import http_mapping

ROOT = Path(__file__).resolve().parents[2]
OPTED_OUT = "+8613800003005"
ENVIRONMENT = {"PAPERPLANE_KEY": "a-key", "PAPERPLANE_HOOK_SECRET": "a-hook-secret"}


def documented() -> dict:
    """The mapping of docs/sms-gateways.md as data: what is documented is what is tested."""
    text = (ROOT / "docs/sms-gateways.md").read_text(encoding="utf-8")
    return yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])


def carrier(tmp_path, url="https://api.paperplane.example/v2/messages", environ=None, **changed):
    """The documented carrier at `url`; `changed` replaces parts of it, None removes one. Keys `send__templates` reach one level down."""
    entry = documented()["paperplane"]
    entry["send"]["url"] = url
    for key, value in changed.items():
        part, _, inner = key.partition("__")
        if value is None:
            del entry[part]
        elif inner:
            entry[part][inner] = value
        else:
            entry[part] = value
    path = tmp_path / "carriers.yaml"
    path.write_text(yaml.safe_dump({"paperplane": entry}, allow_unicode=True), encoding="utf-8")
    return http_mapping.read(str(path), ENVIRONMENT if environ is None else environ)["paperplane"]


def signed(body: bytes, stamp: str) -> dict:
    """The headers with which the carrier knocks."""
    digest = hmac.new(ENVIRONMENT["PAPERPLANE_HOOK_SECRET"].encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Paperplane-Signature": f"sha256={digest}", "X-Paperplane-Time": stamp, "Content-Type": "application/json"}


class FakeCarrier:
    """One account on a port of its own; `messages` are what it took, as the fields that were sent."""

    def __init__(self):
        self.messages: list[dict] = []
        self.answers: list[tuple[int, dict | str]] = []
        app = Flask("fake_carrier")
        app.add_url_rule("/v2/messages", view_func=self._take, methods=["POST", "GET", "PUT"])
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v2/messages"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer_next(self, status: int, body) -> None:
        """The next request is answered with this and nothing is taken."""
        self.answers.append((status, body))

    def _take(self):
        if request.headers.get("Authorization") != f"Bearer {ENVIRONMENT['PAPERPLANE_KEY']}":
            return jsonify(code="1401", message="no such key"), 200
        if self.answers:
            status, body = self.answers.pop(0)
            return (jsonify(body) if isinstance(body, dict) else body), status
        fields = request.get_json(silent=True) or request.values.to_dict()
        if fields["mobile"] == OPTED_OUT.removeprefix("+86"):
            return jsonify(code="3005", message="wants no messages")
        self.messages.append(fields)
        return jsonify(code=0, message="ok", data={"msgId": f"pp-{len(self.messages)}"})


def knock_body(**entries) -> bytes:
    """What the carrier sends: lists of texts or reports."""
    return json.dumps(entries, ensure_ascii=False).encode()

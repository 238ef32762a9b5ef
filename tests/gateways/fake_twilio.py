"""A stand-in for Twilio's Messages endpoint: keeps state, checks sign-in, errs on demand, signs its delivery reports."""
import threading
import time
import uuid

import requests
from flask import Flask, jsonify, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token"
OPTED_OUT = "+8613800000610"
FINAL_STATES = ("delivered", "undelivered", "failed")


class FakeTwilio:
    """One account on a port of its own; `messages` are the resources by SID, in the order they came."""

    def __init__(self):
        self.messages: dict[str, dict] = {}
        self.errors: list[tuple[int, int]] = []
        self.delay = 0.0
        self.server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def fail_next(self, http_status: int, code: int) -> None:
        """The next request is refused with this HTTP status and error number."""
        self.errors.append((http_status, code))

    def report(self, sid: str, status: str, code: int | None = None) -> requests.Response:
        """Send the delivery report of a message to its callback address, signed as Twilio signs."""
        message = self.messages[sid]
        message.update(status=status, error_code=code)
        form = {"MessageSid": sid, "AccountSid": ACCOUNT, "MessageStatus": status, "To": message["to"]}
        form |= {"ErrorCode": str(code)} if code else {}
        url = message["status_callback"]
        signature = RequestValidator(TOKEN).compute_signature(url, form)
        return requests.post(url, data=form, headers={"X-Twilio-Signature": signature}, timeout=5)

    def _app(self) -> Flask:
        app = Flask("fake_twilio")
        collection = "/2010-04-01/Accounts/<account>/Messages"
        app.before_request(self._sign_in)
        app.add_url_rule(f"{collection}.json", view_func=self._create, methods=["POST"])
        app.add_url_rule(f"{collection}/<sid>.json", view_func=self._fetch)
        return app

    def _sign_in(self):
        given = request.authorization
        if given is None or (given.username, given.password) != (ACCOUNT, TOKEN):
            return _error(401, 20003, "Authenticate")
        if self.errors:
            status, code = self.errors.pop(0)
            return _error(status, code, "as asked for")
        return None

    def _create(self, account: str):
        form = request.form
        if not form.get("To", "").startswith("+"):
            return _error(400, 21211, "Invalid 'To' Phone Number")
        if form["To"] == OPTED_OUT:
            return _error(400, 21610, "Attempt to send to unsubscribed recipient")
        message = self._message(account, form)
        self.messages[message["sid"]] = message
        time.sleep(self.delay)
        return jsonify(message), 201

    def _message(self, account: str, form) -> dict:
        return {
            "sid": "SM" + uuid.uuid4().hex, "account_sid": account, "to": form["To"], "body": form["Body"],
            "from": form.get("From"), "messaging_service_sid": form.get("MessagingServiceSid"),
            "status": "accepted" if "MessagingServiceSid" in form else "queued", "error_code": None,
            "error_message": None, "status_callback": form.get("StatusCallback"), "direction": "outbound-api",
        }

    def _fetch(self, account: str, sid: str):
        found = self.messages.get(sid)
        return jsonify(found) if found else _error(404, 20404, "not found")


def _error(status: int, code: int, message: str):
    return jsonify(code=code, message=message, status=status, more_info=f"https://www.twilio.com/docs/errors/{code}"), status

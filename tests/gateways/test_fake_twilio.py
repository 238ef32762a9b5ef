"""The stand-in itself: a delivery report bears a signature that Twilio's own validator accepts."""
import threading

from flask import Flask, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from gateways.base import Outgoing
from gateways.twilio_sms import TwilioSms
from tests.gateways.fake_twilio import ACCOUNT, TOKEN, FakeTwilio


def test_reports_are_signed():
    seen = []
    app = Flask("hook")

    @app.post("/hook")
    def hook():
        valid = RequestValidator(TOKEN).validate(request.url, request.form, request.headers["X-Twilio-Signature"])
        seen.append((valid, request.form["MessageSid"], request.form["MessageStatus"], request.form.get("ErrorCode")))
        return "", 204

    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    with FakeTwilio() as fake:
        callback = f"http://127.0.0.1:{server.server_port}/hook"
        gateway = TwilioSms(ACCOUNT, TOKEN, "+12025550123", callback, fake.url)
        sid = gateway.send(Outgoing("sms", "+8613800001234", "x", "r")).gateway_id
        assert fake.report(sid, "undelivered", 30006).status == 204
    server.shutdown()
    thread.join()
    server.server_close()
    assert seen == [(True, sid, "undelivered", "30006")]

"""A door for tests: believes whoever signs as Twilio does, and keeps what it took."""
from contextlib import contextmanager
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from gateways.doors import Door
from gateways.knock import Answer
from gateways.twilio_signature import refusal

SECRET = "a secret of the trial door"
PATH = "trial/box"
BASE = "http://redress.test"


@contextmanager
def trial_door(app):
    """The application with this door alone; yields the knocks that were taken."""
    taken = []

    def take(knock):
        taken.append(knock)
        return Answer("<Response/>", "text/xml; charset=utf-8", 200)
    before = app.extensions["doors"]
    app.extensions["doors"] = {"trial": Door("trial", PATH, lambda knock: refusal(knock, [SECRET]), take)}
    try:
        yield taken
    finally:
        app.extensions["doors"] = before


def signed(fields: dict, path: str = PATH, base: str = BASE, secret: str = SECRET, algorithm: str | None = None) -> dict:
    """What a test client needs to send these fields with a signature."""
    signature = RequestValidator(secret).compute_signature(f"{base}/hooks/{path}", fields, algorithm)
    settings = {"X-Twilio-Webhooks-Signature-Settings": f"key=k1,algorithm={algorithm}"} if algorithm else {}
    return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded", "headers": {"X-Twilio-Signature": signature, **settings}}

"""A caller for tests: dials, presses keys, speaks, records and hangs up by signed requests, as the provider sends them."""
import itertools
from urllib.parse import urlsplit
from xml.etree import ElementTree

from twilio.request_validator import RequestValidator

from core.db import db

TOKEN = "a token for tests"
BASE = "http://redress.test"
numbers = itertools.count(1)


def post(app, path: str, fields: dict, token: str = TOKEN):
    """One signed request at a door; the answer."""
    app.config["TWILIO_AUTH_TOKEN"] = TOKEN
    signature = RequestValidator(token).compute_signature(BASE + path, fields)
    db.session.commit()  # the request gets a session of its own: a door whose work is not committed is found out
    with app.app_context():
        return app.test_client().post(path, data=fields, headers={"X-Twilio-Signature": signature})


class Caller:
    """One call. `page` is what the caller hears now, as markup; `text` its words."""

    def __init__(self, app, number: str = "+8613800138000", sid: str | None = None):
        self.app, self.number, self.sid = app, number, sid or f"CA{next(numbers):032}"
        self.page = None

    def fields(self, **more) -> dict:
        """What every request of the call says."""
        return {"CallSid": self.sid, "From": self.number, "To": "+12025550100", "CallStatus": "in-progress"} | more

    def go(self, path: str, **fields) -> "Caller":
        """Bring fields to an address of the menu, and hear what comes back."""
        answer = post(self.app, path, self.fields(**fields))
        assert answer.status_code == 200, answer.status_code
        self.page = ElementTree.fromstring(answer.data)
        return self

    def dial(self) -> "Caller":
        """Begin."""
        return self.go("/hooks/twilio/voice")

    def english(self) -> "Caller":
        """Begin, and change to English."""
        return self.dial().press("9")

    def press(self, keys: str) -> "Caller":
        """Press keys."""
        return self.go(self.action, Digits=keys)

    def say(self, words: str, confidence: float = 0.9) -> "Caller":
        """Speak where the menu listens."""
        return self.go(self.action, SpeechResult=words, Confidence=str(confidence))

    def wait(self) -> "Caller":
        """Say and press nothing."""
        return self.go(self.action)

    def record(self, seconds: int = 12, sid: str | None = None) -> "Caller":
        """Leave a message after the tone; the provider tells of it twice."""
        told = self.recording(seconds, sid)
        self.go(self.action, **told)
        post(self.app, "/hooks/twilio/recording", self.fields(RecordingStatus="completed", **told))
        return self

    def recording(self, seconds: int = 12, sid: str | None = None) -> dict:
        """What the provider says of a recording of this call."""
        sid = sid or f"RE{self.sid[2:]}"
        return {"RecordingSid": sid, "RecordingUrl": f"https://api.twilio.com/2010-04-01/Recordings/{sid}", "RecordingDuration": str(seconds)}

    def rung(self, status: str, seconds: int | None = None, **fields) -> "Caller":
        """The ringing of a colleague ends so."""
        spoke = {"DialCallDuration": str(seconds)} if seconds is not None else {}
        return self.go(self.action, DialCallStatus=status, **spoke, **fields)

    def status(self, status: str, **fields) -> None:
        """The provider reports of the call."""
        assert post(self.app, "/hooks/twilio/call-status", self.fields(CallStatus=status) | fields).status_code == 204

    def hang_up(self) -> None:
        """End it."""
        self.status("completed")

    @property
    def text(self) -> str:
        """Everything that is said now."""
        return " ".join(say.text or "" for say in self.page.iter("Say"))

    @property
    def action(self) -> str:
        """Where the next thing that the caller does is brought."""
        for verb in ("Gather", "Dial", "Record"):
            found = self.page.find(verb)
            if found is not None:
                return urlsplit(found.get("action")).path
        return urlsplit(self.page.find("Redirect").text).path

    @property
    def verbs(self) -> list[str]:
        """What the answer consists of."""
        return [child.tag for child in self.page]

"""Texts that the application sends: taken or refused, shown on a handset, and reported on in the way chosen for it."""
from collections.abc import Callable

from simulator import reports
from simulator.account import Account, new_sid
from simulator.models import Text
from simulator.wire import Reply, Wire

MOST_CHARACTERS = 1600


class Refused(Exception):
    """The provider does not take a text to be sent; the argument is its error number."""


class Outgoing:
    """`fate_of` gives the fate chosen for a number and the seconds after which its last report comes."""

    def __init__(self, account: Account, wire: Wire, fate_of: Callable[[str], tuple[reports.Fate, float]]):
        self.account, self.wire, self.fate_of = account, wire, fate_of

    def send(self, to: str, body: str, sender: str = "", service_sid: str = "", callback: str = "") -> Text:
        """Take a text that the application wants sent. Raises Refused."""
        self._check(to, body, sender, service_sid)
        fate, seconds = self._fate(to, bool(service_sid))
        if fate.refused:
            raise Refused(fate.refused)
        text = self._kept(to, body, sender or None, service_sid or None, callback or None, "outbound-api")
        self._meet(text, fate, seconds)
        return text

    def answer(self, text: Text, words: str) -> None:
        """Send what the application answered to a text on the spot."""
        reply = self._kept(text.sender, words, self.account.number.e164, self.account.service_sid, None, "outbound-reply")
        self._meet(reply, *self._fate(reply.to, by_service=True))

    def report(self, text: Text, status: str, code: int | None = None) -> Reply | None:
        """Tell the application what became of a text; None if it does not want to know."""
        # A late word does not undo a final one in the account, only its report comes late.
        if text.status not in ("delivered", "undelivered", "failed") or status != "sent":
            text.status, text.error_code = status, code
        if not text.status_callback:
            return None
        fields = {"MessageSid": text.sid, "SmsSid": text.sid, "AccountSid": self.account.sid, "From": text.sender or self.account.number.e164, "To": text.to,
                  "MessageStatus": status, "SmsStatus": status, "ApiVersion": "2010-04-01"}
        fields |= {"MessagingServiceSid": text.service_sid} if text.service_sid else {}
        fields |= {"ErrorCode": str(code)} if code else {}
        return self.wire.send("receipt", text.status_callback, fields, note=f"{status} {code or ''} {text.sid}".replace("  ", " "))

    def _check(self, to: str, body: str, sender: str, service_sid: str) -> None:
        wrong = ((21211, not (to.startswith("+") and to[1:].isdigit())), (21602, not body), (21617, len(body) > MOST_CHARACTERS),
                 (21701, bool(service_sid) and service_sid != self.account.service_sid),
                 (21606, not service_sid and sender != self.account.number.e164))
        for code, true in wrong:
            if true:
                raise Refused(code)

    def _fate(self, to: str, by_service: bool) -> tuple[reports.Fate, float]:
        fate, seconds = self.fate_of(to)
        fate = reports.OPTED_OUT if to in self.account.opted_out else fate
        return (reports.REFUSED_LATER if fate.refused and by_service else fate), seconds

    def _kept(self, to, body, sender, service_sid, callback, direction) -> Text:
        text = Text(new_sid("SM"), self.account.clock.now(), sender, to, body, direction, "accepted" if service_sid else "queued",
                    service_sid=service_sid, status_callback=callback)
        return self.account.keep("messages", text)

    def _meet(self, text: Text, fate: reports.Fate, seconds: float) -> None:
        text.arrived, text.sent_at = fate.arrives, self.account.clock.now() if fate.arrives else None
        for part, status, code in fate.reports:
            self.account.clock.later(part * seconds, lambda status=status, code=code: self.report(text, status, code))

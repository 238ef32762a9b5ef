"""Texts from a handset: cut, doubled, lost or forged as chosen, they knock at the application, and its answers go back."""
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from random import Random

from simulator import parts
from simulator.account import Account, new_sid
from simulator.models import Media, Text
from simulator.outgoing import Outgoing
from simulator.places import place_fields
from simulator.wire import Reply, Wire

MOST_PICTURES = 10


class Incoming:
    """`gap` is how long the parts of a text, or its repetition, come after each other."""

    def __init__(self, account: Account, wire: Wire, chance: Random, gap: float, outgoing: Outgoing):
        self.account, self.wire, self.chance, self.gap, self.outgoing = account, wire, chance, gap, outgoing

    def arrive(self, sender: str, body: str, way: str, pictures: Sequence[tuple[bytes, str]] = ()) -> list[Text]:
        """Send a text to the hotline in one of WAYS; the texts of the provider that it became."""
        wish = self._opt(sender, body)
        texts = WAYS[way](self, sender, body, pictures)
        if wish:
            self.account.notes.append((self.account.clock.now(), sender, f"opted.{wish}"))
            self.wire.note("own", f"opted.{wish}", note=sender)
        return texts

    def _whole(self, sender: str, body: str, pictures) -> list[Text]:
        text = self._inbound(sender, body, pictures)
        self._knock(text)
        return [text]

    def _scrambled(self, sender: str, body: str, pictures) -> list[Text]:
        pieces = parts.cut(body)
        texts = [self._inbound(sender, piece, pictures if n == 0 else (), f"{n + 1}/{len(pieces)}") for n, piece in enumerate(pieces)]
        for late, n in enumerate(parts.scrambled(len(texts), self.chance)):
            self._soon(late * self.gap, texts[n])
        return texts

    def _twice(self, sender: str, body: str, pictures) -> list[Text]:
        text, token = self._inbound(sender, body, pictures), new_sid("")
        self._soon(0, text, token)
        self._soon(self.gap, text, token)
        return [text]

    def _lost(self, sender: str, body: str, pictures) -> list[Text]:
        text = self._inbound(sender, body, pictures)
        text.marks.append("lost")
        self.wire.note("own", "sms.lost", note=body)
        return [text]

    def _forged(self, sender: str, body: str, pictures) -> list[Text]:
        # Somebody else sends it: the provider's account never held it.
        text = self._text(sender, body, pictures)
        reply = self.wire.send("sms.forged", self.account.number.sms_url, self._fields(text), note=body, forged=True)
        text.marks.append(str(reply.status))
        return [text]

    def _soon(self, seconds: float, text: Text, token: str = "") -> None:
        if seconds:
            self.account.clock.later(seconds, lambda: self._knock(text, token))
        else:
            self._knock(text, token)

    def _knock(self, text: Text, token: str = "") -> None:
        reply = self.wire.send("sms", self.account.number.sms_url, self._fields(text), note=text.body, idempotency=token)
        text.marks.append(str(reply.status))
        for words in _answers(reply):
            self.outgoing.answer(text, words)

    def _inbound(self, sender: str, body: str, pictures, part: str = "") -> Text:
        text = self._text(sender, body, pictures)
        text.marks.extend([part] if part else [])
        for picture in text.media:
            self.account.keep("media", picture)
        return self.account.keep("messages", text)

    def _text(self, sender: str, body: str, pictures) -> Text:
        media = [Media(new_sid("ME"), data, kind) for data, kind in pictures[:MOST_PICTURES]]
        now = self.account.clock.now()
        return Text(new_sid("MM" if media else "SM"), now, sender, self.account.number.e164, body, "inbound", "received",
                    service_sid=self.account.service_sid, media=media, sent_at=now)

    def _fields(self, text: Text) -> dict[str, str]:
        fields = {"MessageSid": text.sid, "SmsSid": text.sid, "SmsMessageSid": text.sid, "AccountSid": self.account.sid,
                  "MessagingServiceSid": self.account.service_sid, "From": text.sender, "To": text.to, "Body": text.body,
                  "NumSegments": str(parts.segments(text.body)), "NumMedia": str(len(text.media)), "SmsStatus": "received", "ApiVersion": "2010-04-01"}
        for n, picture in enumerate(text.media):
            fields[f"MediaUrl{n}"] = self.account.address("Messages", text.sid, "Media", picture.sid)
            fields[f"MediaContentType{n}"] = picture.content_type
        return fields | place_fields("From", text.sender) | place_fields("To", text.to)

    def _opt(self, sender: str, body: str) -> str:
        """The provider's own reading comes before the application hears of the text."""
        wish = parts.opting(body)
        if wish == "out":
            self.account.opted_out.add(sender)
        elif wish == "in":
            self.account.opted_out.discard(sender)
        return wish


WAYS = {"whole": Incoming._whole, "scrambled": Incoming._scrambled, "twice": Incoming._twice, "lost": Incoming._lost, "forged": Incoming._forged}


def _answers(reply: Reply) -> list[str]:
    """The words of every <Message> in the application's answer."""
    if not 200 <= reply.status < 300 or "xml" not in reply.content_type:
        return []
    try:
        document = ElementTree.fromstring(reply.text)
    except ElementTree.ParseError:
        return []
    return [(message.findtext("Body") or message.text or "").strip() for message in document.iter("Message")]

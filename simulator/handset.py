"""A retailer's phone: what can be done with it, what it shows, and how its texts and their reports are to fare."""
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator import reports
from simulator.models import Text
from simulator.voice.call import Call


@dataclass
class Choices:
    """What a person chose for a handset: how its texts arrive, what becomes of texts to it, how well it is understood."""

    way: str = "whole"
    fate: str = "delivered"
    seconds: float = 2.0
    confidence: float = 0.92
    misheard: dict[str, str] = field(default_factory=dict)


class OnThePhone:
    """A call as the person at the handset has it. The staff's phone is at the other end of `staff`."""

    def __init__(self, call: Call, choices: Choices):
        self.call, self.choices = call, choices

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.call.do(lambda key=key: self.call.press(key))

    def say(self, words: str, confidence: float | None = None) -> None:
        """Say something; it is understood with this confidence, and with the words that this handset is misheard in."""
        sure = self.choices.confidence if confidence is None else confidence
        for meant, heard in self.choices.misheard.items():
            words = words.replace(meant, heard)
        self.call.do(lambda: self.call.say(words, sure))

    def stay_silent(self, seconds: int = 3) -> None:
        """Breathe into the phone: a recording gets a piece without words."""
        self.call.do(lambda: self.call.stay_silent(seconds))

    def hang_up(self) -> None:
        """End the call."""
        self.call.do(self.call.end)

    def staff(self, what: str) -> None:
        """The staff's phone: answer, busy or hang_up."""
        self.call.do(lambda: self.call.staff(what))

    @property
    def sid(self) -> str:
        """The provider's id of the call."""
        return self.call.record.sid

    @property
    def over(self) -> bool:
        """True once it has ended."""
        return self.call.over

    @property
    def heard(self) -> list[str]:
        """What the machine said, in order."""
        return [line.words for line in self.call.heard if line.who == "machine"]


class Handset:
    """One number. Its texts and calls stand in the account, so two handsets of one number show the same."""

    def __init__(self, simulator, number: str, name: str = ""):
        self.simulator, self.number, self.name = simulator, number, name
        self.choices = Choices()
        self.calls: list[OnThePhone] = []

    def text(self, body: str, way: str = "", pictures: Sequence[tuple[bytes, str]] = ()) -> list[Text]:
        """Send a text to the hotline: whole, scrambled, twice, lost or forged, by default as chosen for this handset."""
        return self.simulator.incoming.arrive(self.number, body, way or self.choices.way, pictures)

    def call(self, lost: bool = False) -> OnThePhone:
        """Call the hotline. A `lost` one never reaches the application: only the account knows of it."""
        call = self.simulator.dialled(self.number)
        self.calls.append(OnThePhone(call, self.choices))
        call.do(call.lose if lost else call.start)
        return self.calls[-1]

    @property
    def talk(self) -> OnThePhone | None:
        """The call that is going on."""
        return self.calls[-1] if self.calls and not self.calls[-1].over else None

    @property
    def texts(self) -> list[Text]:
        """Everything sent from here and to here, the oldest first."""
        return [text for text in reversed(self.simulator.account.listed("messages")) if self.number in (text.sender, text.to)]

    @property
    def inbox(self) -> list[str]:
        """The words that arrived here."""
        return [text.body for text in self.texts if text.to == self.number and text.arrived]

    @property
    def opted_out(self) -> bool:
        """True while the provider holds back whatever is sent to this number."""
        return self.number in self.simulator.account.opted_out

    @property
    def fate(self) -> tuple[reports.Fate, float]:
        """What becomes of a text to this number, and after how many seconds."""
        return reports.FATES[self.choices.fate], self.choices.seconds

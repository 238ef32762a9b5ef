"""What a person can do on the page: a table from the name of an action to what it does."""
import re
from collections.abc import Callable, Mapping

from twilio.request_validator import HMAC_SHA1, HMAC_SHA256

from simulator.handset import Handset
from simulator.incoming import MOST_PICTURES, WAYS
from simulator.page import script
from simulator.reports import FATES
from simulator.server import Simulator

NUMBER = re.compile(r"\+[1-9]\d{7,14}")
MOST_TYPED = 1600
STAFF = ("answer", "busy", "hang_up")
LOSABLE = ("voice", "call-status", "recording", "receipt", "transcription")


class Wrong(Exception):
    """What was asked for makes no sense; the argument is the name of the sentence on the page."""


def text(handset: Handset, given: Mapping, pictures: list[tuple[bytes, str]]) -> None:
    """Send a text, in the way that is chosen."""
    body = _typed(given, "body")
    if not body and not pictures:
        raise Wrong("nothing_typed")
    way = handset.choices.way  # of now, not of whatever is chosen by the time it goes out
    _soon(handset, lambda: handset.text(body, way, pictures[:MOST_PICTURES]))


def call(handset: Handset, given: Mapping, _pictures) -> None:
    """Call the hotline, unless a call is going on."""
    if handset.talk is None:
        _soon(handset, lambda: handset.talk or handset.call(lost=given.get("lost") == "yes"))


def press(handset: Handset, given: Mapping, _pictures) -> None:
    """Press a key of the handset."""
    keys = "".join(key for key in given.get("keys", "") if key in "0123456789*#")
    _talking(handset, lambda talk: talk.press(keys))


def say(handset: Handset, given: Mapping, _pictures) -> None:
    """Speak the words that were typed."""
    words = _typed(given, "words")
    if not words:
        raise Wrong("nothing_typed")
    _talking(handset, lambda talk: talk.say(words))


def silent(handset: Handset, given: Mapping, _pictures) -> None:
    """Breathe into the phone."""
    _talking(handset, lambda talk: talk.stay_silent())


def hang_up(handset: Handset, given: Mapping, _pictures) -> None:
    """End the call."""
    _talking(handset, lambda talk: talk.hang_up())


def staff(handset: Handset, given: Mapping, _pictures) -> None:
    """The staff's phone is taken, busy or hung up."""
    what = _one_of(given.get("what", ""), STAFF)
    _talking(handset, lambda talk: talk.staff(what))


def choose(handset: Handset, given: Mapping, _pictures) -> None:
    """How this handset's texts and words are to fare."""
    choices = handset.choices
    choices.way = _one_of(given.get("way", choices.way), WAYS)
    choices.fate = _one_of(given.get("fate", choices.fate), FATES)
    choices.seconds = _number(given.get("seconds", choices.seconds), 0, 600)
    choices.confidence = _number(given.get("confidence", choices.confidence), 0, 1)
    choices.misheard = _misheard(given["misheard"]) if "misheard" in given else choices.misheard


def open_handset(handset: Handset, given: Mapping, _pictures) -> None:
    """One more handset, of any number."""
    number = re.sub(r"[\s()-]", "", given.get("new", ""))
    if not NUMBER.fullmatch(number):
        raise Wrong("not_a_number")
    handset.simulator.handset(number)


def provider(handset: Handset, given: Mapping, _pictures) -> None:
    """How the provider behaves: failing for some minutes, slow, signing in another way, losing reports."""
    simulator: Simulator = handset.simulator
    if "failing" in given:
        simulator.fail_for(60 * _number(given["failing"], 0, 120))
    simulator.account.delay = _number(given.get("delay", simulator.account.delay), 0, 30)
    simulator.wire.algorithm = _one_of(given.get("algorithm", simulator.wire.algorithm), (HMAC_SHA1, HMAC_SHA256))
    if "lose" in given:
        simulator.wire.lose = {kind for kind in given["lose"].split(",") if kind in LOSABLE}


def replay(handset: Handset, given: Mapping, _pictures) -> None:
    """Play the written walk on this handset."""
    language = _one_of(given.get("language", "zh"), script.STEPS)
    _soon(handset, lambda: script.play(handset, language))


DO: dict[str, Callable[[Handset, Mapping, list], None]] = {
    "text": text, "call": call, "press": press, "say": say, "silent": silent, "hang_up": hang_up, "staff": staff, "choose": choose,
    "open": open_handset, "provider": provider, "replay": replay,
}


def _soon(handset: Handset, action: Callable[[], object]) -> None:
    # The page does not wait for the application; what came of it is seen a second later.
    handset.simulator.clock.later(0, action)


def _talking(handset: Handset, action: Callable) -> None:
    talk = handset.talk
    if talk is None:
        raise Wrong("no_call")
    _soon(handset, lambda: action(talk))


def _typed(given: Mapping, name: str) -> str:
    return given.get(name, "").strip()[:MOST_TYPED]


def _one_of(value: str, known) -> str:
    if value not in known:
        raise Wrong("not_offered")
    return value


def _number(value, least: float, most: float) -> float:
    try:
        return min(most, max(least, float(value)))
    except ValueError:
        raise Wrong("not_offered") from None


def _misheard(typed: str) -> dict[str, str]:
    pairs = (re.split(r"→|->|=", pair, maxsplit=1) for pair in re.split(r"[,，;；\n]", typed) if pair.strip())
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2 and pair[0].strip()}

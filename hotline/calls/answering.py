"""What a caller hears next: the step he comes to, what happens there, and the sentences."""
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core import clock, i18n, organisation
from core.business_time import NeverOpen, next_working_moment
from core.db import db
from core.errors import DomainError
from hotline.calls import callers, menu, progress, recordings, services, states, voice, words
from hotline.calls import speech as hearing
from hotline.calls.menu import Entered, Turn
from hotline.calls.twiml import Said, Spoken
from hotline.models import Call
from satisfaction import services as satisfaction
from tickets.models import Ticket

LONGEST_NAME = 64  # characters of what the provider calls a recording


def answer(call: Call, rest: str, fields: Mapping[str, str], at: datetime) -> Spoken:
    """What is said to a call that comes with `fields` to the address `rest`; the beginning of the menu for an empty one.

    Called again with the same request it changes nothing more.
    """
    if not rest:
        return _spoken(call, _come(call, Turn(language=call.language), fields, at), first=True)
    turn, entered = menu.read_turn(rest), entered_in(fields)
    _hear(call, turn, entered, fields, at)
    return _spoken(call, _come(call, menu.follow(turn, entered), fields, at))


def take_late(call: Call, rest: str, fields: Mapping[str, str], at: datetime) -> None:
    """A request that nobody answered when it came: the caller heard nothing of us, but what it brought is kept."""
    if rest:
        _hear(call, menu.read_turn(rest), entered_in(fields), fields, at)
    services.end(call, at)


def entered_in(fields: Mapping[str, str]) -> Entered:
    """What the provider says was entered."""
    recorded = 0 < len(fields.get("RecordingSid", "")) <= LONGEST_NAME
    return Entered(fields.get("Digits", "").strip(), fields.get("SpeechResult", ""), recorded, fields.get("DialCallStatus", ""))


def _hear(call: Call, turn: Turn, entered: Entered, fields: Mapping[str, str], at: datetime) -> None:
    """Keep everything that came along: words of his own, a recording, that a colleague spoke with him."""
    if menu.kept_words(turn, entered):
        hearing.keep(call, hearing.Gathered(turn).read(fields), at)
    if entered.recorded:
        recordings.arrive(call.provider, fields, at)
    if entered.dial in menu.REACHED:
        services.answered(call, at - timedelta(seconds=states.whole(fields.get("DialCallDuration", "")) or 0))


def _come(call: Call, wanted: Turn, fields: Mapping[str, str], at: datetime) -> Turn:
    """The turn that the caller really comes to, with what happens there."""
    turn = menu.enter(wanted, Facts(call, wanted))
    gone = turn.step == "leave" and fields.get("CallStatus") in states.ENDED  # he hung up while it rang: nobody failed to take it
    if turn.step in ACTS and not gone:
        turn = ACTS[turn.step](call, turn, at) or turn
    services.stands_at(call, turn)
    services.settle(call)
    return turn


class Facts(dict):
    """What menu.enter asks for, looked up only when it does."""

    def __init__(self, call: Call, turn: Turn):
        super().__init__()
        self.call, self.turn = call, turn

    def __missing__(self, name: str) -> bool:
        self[name] = KNOWN[name](self.call, self.turn)
        return self[name]


KNOWN: dict[str, Callable[[Call, Turn], bool]] = {
    "found": lambda call, turn: progress.find(turn.about) is not None,
    "rateable": lambda call, turn: callers.to_rate(call.caller) is not None,
    "somebody": lambda call, turn: turn.tries < len(voice.rings()),
    "open": lambda call, turn: is_open(),
    "said": lambda call, turn: bool(call.speeches),
    "known": lambda call, turn: callers.has_open(call.caller),
    "number": lambda call, turn: bool(call.caller),
}


def is_open() -> bool:
    """True in working time."""
    now = clock.now()
    try:
        return next_working_moment(organisation.calendar(), now) <= now
    except NeverOpen:
        return False


def _wait(call: Call, turn: Turn, at: datetime) -> None:
    services.waits(call, at)


def _leave(call: Call, turn: Turn, at: datetime) -> None:
    """Nobody could be had. Out of hours nobody was to be had either: such a call has not waited, and is not held against the day."""
    if is_open():
        services.waits(call, at)
    services.note(call, unreached=True)


def _call_back(call: Call, turn: Turn, at: datetime) -> None:
    services.note(call, callback=True)


def _tell(call: Call, turn: Turn, at: datetime) -> None:
    services.note(call, served=True)


def _offer(call: Call, turn: Turn, at: datetime) -> None:
    services.note(call, rates=callers.to_rate(call.caller).id)


def _rate(call: Call, turn: Turn, at: datetime) -> Turn | None:
    """Keep the score for the answer that was offered; the same one again is a repeated request."""
    ticket = db.session.get(Ticket, call.meta.get("rates", 0), with_for_update=True)
    rated = [ticket.id, turn.about] if ticket else None
    if ticket is not None and call.meta.get("rated") == rated:
        return None
    try:
        if ticket is None:
            raise DomainError("not_answered")
        satisfaction.rate(ticket, int(turn.about), None, "", "phone", at)
    except DomainError:
        return replace(menu.to(turn, menu.START), notice="nothing_to_rate")
    services.note(call, rated=rated, served=True)
    return None


ACTS: dict[str, Callable[[Call, Turn, datetime], Turn | None]] = {
    "staff": _wait, "leave": _leave, "callback": _call_back, "told": _tell, "rate": _offer, "rated": _rate,
}


def _spoken(call: Call, turn: Turn, first: bool = False) -> Spoken:
    said = _opening(turn) if first else []
    codes = [code for code in (turn.notice, *menu.STEPS[turn.step].says) if code]
    with i18n.spoken(turn.language):
        said += [Said(_sentence(call, turn, code), turn.language) for code in codes if not (code == "after_tone" and turn.notice == "noted")]
    groups = voice.rings() if turn.step == "staff" else []
    return Spoken(turn, said, groups[turn.tries] if groups else ())


def _opening(turn: Turn) -> list[Said]:
    """The first words, how to change the language (in the other one), and that words are recorded."""
    other = menu.OTHER[turn.language]
    with i18n.spoken(other):
        change = Said(str(words.SENTENCES["other_language"]), other)
    with i18n.spoken(turn.language):
        return [Said(voice.greeting(turn.language), turn.language), change, Said(str(words.SENTENCES["recorded"]), turn.language)]


def _sentence(call: Call, turn: Turn, code: str) -> str:
    text = str(words.SENTENCES[code])
    return text % VALUES[code](call, turn) if code in VALUES else text


def _told(call: Call, turn: Turn) -> dict[str, str]:
    return {"number": words.digits(turn.about), "state": progress.said(progress.find(turn.about))}


def _about_answer(call: Call, turn: Turn) -> dict[str, str]:
    ticket = db.session.get(Ticket, call.meta["rates"])
    return {"number": words.digits(ticket.case_no)}


VALUES: dict[str, Callable[[Call, Turn], dict[str, str]]] = {
    "told": _told,
    "ask_score": _about_answer,
    "rated": lambda call, turn: {"score": turn.about},
    "callback": lambda call, turn: {"phone": words.digits(call.caller)},
}

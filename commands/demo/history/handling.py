"""The part of a simulated life that a handler has in his hands (pure): from the queue to the answer."""
from collections.abc import Iterator

from commands.demo.history import answering, asking, chances, choosing, opening, pressing, thread
from commands.demo.history.case import Case
from commands.demo.history.daytime import by_day, later
from commands.demo.history.moves import move
from commands.demo.history.office import Office
from core.actor import RETAILER

Steps = Iterator[int]
SPREAD_REPLY = (360, 1.1)  # minutes of the clock until a retailer answers a question
LATE_SIGNER = 360  # seconds after the breach at which somebody else gets it


def handle(office: Office, case: Case) -> Steps:
    """From a handler's desk, or his queue, to the answer."""
    if case.state == "dispatched" and (yield from _signing(office, case)):
        return
    again = case.redos > 0
    yield from _first_words(office, case)
    if case.rng.random() < chances.WITHDRAWN and not case.sealed:
        _withdraw(office, case)
        return
    person = office.people.by_id[case.assignee_id]
    skill = person.skill(case.leaf_code, office.now, office.rules.learning_months)
    minutes = chances.effort(case.rng, case.severity, case.leaf_code, skill, office.loads[case.assignee_id], again)
    yield from _work(office, case, minutes)
    yield from _answer(office, case)


def _withdraw(office: Office, case: Case) -> None:
    reason = case.rng.choice(office.book.common[case.language]["withdrawn"])
    move(office, case, "withdraw", RETAILER, confirmed=True, reason=reason)


def _signing(office: Office, case: Case) -> Steps:
    """True if it was withdrawn before anybody signed."""
    if case.assignee_id and case.rng.random() < chances.UNSIGNED and case.severity != "S1":
        yield case.running("sign")[0].due_at + LATE_SIGNER
        choosing.take_away(office, case)
    yield later(office, case, chances.some(case.rng, *chances.SIGN[case.severity]))
    if case.rng.random() < chances.WITHDRAWN and not case.sealed:
        _withdraw(office, case)
        return True
    choosing.sign(office, case)
    return False


def _first_words(office: Office, case: Case) -> Steps:
    """A call, perhaps a question, perhaps something that the retailer adds by himself."""
    rng = case.rng
    if not case.anonymous and rng.random() < chances.CALLED:
        yield later(office, case, chances.some(rng, *chances.CONTACT[case.severity]))
        thread.log_call(office, case, answering.handler(office, case), rng.choice(office.book.common[case.language]["called"]))
    if case.redos == 0 and not case.anonymous and rng.random() < chances.ASKED:
        yield later(office, case, chances.some(rng, 30, 0.6))
        yield from _question(office, case)
    elif not case.anonymous and rng.random() < chances.ADDS_WORDS:
        yield by_day(office, rng, office.now + int(chances.some(rng, 200, 0.8) * 60))
        _add_words(office, case)


def _add_words(office: Office, case: Case) -> None:
    opening.add_words(office, case, office.book.line(case.rng, "supplement", case.language, case.spot), office.new_case_no(), office.token())


def _question(office: Office, case: Case) -> Steps:
    """Ask, and wait for the answer or for the end of its time."""
    rng = case.rng
    asking.ask(office, case, rng.choice(office.book.common[case.language]["asks"]))
    info = case.running("info")[0]
    halfway = office.after(info.started_at, info.minutes // 2) + rng.randrange(60)
    replies = by_day(office, rng, office.now + int(chances.some(rng, *SPREAD_REPLY) * 60)) if rng.random() < chances.ANSWERS_QUESTION else None
    if replies is None or replies > halfway:
        yield halfway
        asking.remind(office, case)
    if replies is not None and replies < info.due_at:
        yield max(replies, office.now)
        _add_words(office, case)
    else:
        yield info.due_at + rng.randrange(1, 60)
        asking.stop_asking(office, case)


def _work(office: Office, case: Case, minutes: float) -> Steps:
    """The work itself, with a word to the retailer in between and, where it takes long, a request for more time."""
    rng, longest = case.rng, chances.SILENCE.get(case.severity, minutes)
    while minutes > longest:
        stretch = longest * rng.uniform(0.7, 1)
        yield later(office, case, stretch)
        minutes -= stretch
        if _needs_more_time(office, case, minutes) and rng.random() < chances.EXTENDED:
            yield from _more_time(office, case)
        if case.demand is None and _late(office, case) and rng.random() < chances.DEMANDED:
            pressing.demand(office, case, rng.choice(office.book.common[case.language]["demands"]))
        if rng.random() < chances.INTERIM and not case.anonymous:
            thread.log_call(office, case, answering.handler(office, case), rng.choice(office.book.common[case.language]["called"]))
    yield later(office, case, minutes)
    if case.supervised:
        pressing.answer(office, case, rng.choice(office.book.common[case.language]["demands_answered"]))


def _late(office: Office, case: Case) -> bool:
    return any(clock.due_at < office.now for clock in case.running("resolve"))


def _needs_more_time(office: Office, case: Case, minutes: float) -> bool:
    clock = case.running("resolve")[0]
    free = case.extension is None and case.severity != "S1" and case.asks == 0 and case.redos == 0
    return free and office.now < clock.due_at < later(office, case, minutes)


def _more_time(office: Office, case: Case) -> Steps:
    clock = case.running("resolve")[0]
    asking.ask_extension(office, case, case.rng.choice(office.book.common[case.language]["extend_reasons"]), int(clock.minutes * 0.6))
    yield later(office, case, chances.some(case.rng, 90, 0.6))
    asking.decide_extension(office, case, case.rng.random() < chances.GRANTED)


def _answer(office: Office, case: Case) -> Steps:
    """Written, sent alone if it is light, else reviewed."""
    rng = case.rng
    filled = answering.write(office, case)
    light = case.severity in ("S3", "S4") and case.redos == 0 and case.leaf.access == "open" and not case.sealed
    if light and filled.code and rng.random() < chances.SENT_ALONE:
        answering.send(office, case)
        return
    yield later(office, case, rng.uniform(1, 10))
    answering.submit(office, case)
    yield later(office, case, chances.some(rng, *chances.REVIEW))
    if rng.random() < chances.SENT_BACK:
        answering.send_back(office, case, rng.choice(office.book.common[case.language]["reviewer_notes"]))
        yield later(office, case, chances.some(rng, 50, 0.6))
        answering.write(office, case)
        answering.submit(office, case)
        yield later(office, case, chances.some(rng, *chances.REVIEW))
    answering.approve(office, case)

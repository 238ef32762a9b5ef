"""The life of a simulated ticket after its answer (pure): what may happen, each at its time, until it is closed and quiet or begins again."""
import heapq
import itertools
from collections.abc import Callable, Iterator

from commands.demo.history import after, chances, thread
from commands.demo.history.case import Case
from commands.demo.history.daytime import by_day
from commands.demo.history.office import Office

HOUR = 3600
DAY = 86400
CLOSE_WITHIN = {"S1": (60, 240), "S2": (150, 420), "S3": (220, 800), "S4": (480, 2400)}
LATE_CLOSER = 0.06
POLITE = 2


class Epilogue:
    """The coming events of one answered ticket."""

    def __init__(self, office: Office, case: Case):
        self.office, self.case, self.rng = office, case, case.rng
        self.coming: list[tuple[int, int, Callable]] = []
        self.turn = itertools.count()
        self.calls_open = False
        person = office.people.by_id[case.assignee_id]
        self.skill = person.skill(case.leaf_code, office.now, office.rules.learning_months)
        self.unsolved = self.rng.random() < chances.unsolved(self.skill, case.finding["outcome"], case.round) * (1.6 if case.planted else 1)

    def at(self, instant: int, what: Callable) -> None:
        """Something will happen at an instant."""
        heapq.heappush(self.coming, (max(instant, self.office.now), next(self.turn), what))

    def soon(self, minutes: float, what: Callable) -> None:
        """Something will happen after so many working minutes."""
        self.at(self.office.after(self.office.now, minutes), what)

    def begin(self) -> None:
        """What is to be expected when an answer was given."""
        office, case, rng = self.office, self.case, self.rng
        after.open_survey(office, case)
        self.at(case.survey.send_after + rng.randrange(60), self.send_survey)
        low, high = CLOSE_WITHIN[case.severity]
        self.soon(rng.uniform(low, high) * (2.2 if rng.random() < LATE_CLOSER else 1), self.close)
        if case.severity in ("S1", "S2") and not case.anonymous:
            self.soon(rng.uniform(0.3, 0.9) * low, self.call_back)
        if any(promise.kept is None for promise in case.promises):
            self.soon(rng.uniform(100, 700), self.settle)
        if rng.random() < chances.CHECKED and not case.sealed:
            self.soon(rng.uniform(200, 2000), self.check)
        if self.unsolved and case.survey.skipped and rng.random() < 0.45 and not case.anonymous:
            self.at(by_day(office, rng, office.now + rng.randrange(HOUR, 3 * DAY)), self.reject)

    def send_survey(self) -> None:
        """Ask; who has something to say answers more often."""
        if not after.send_survey(self.office, self.case):
            return
        usual = chances.RESPONDS.get(self.case.channel, chances.RESPONDS_ELSE)
        if self.rng.random() < (0.7 if self.unsolved else usual):
            self.at(by_day(self.office, self.rng, self.office.now + int(chances.some(self.rng, 300, 1.3) * 60)), self.rate)
        elif self.unsolved and self.rng.random() < 0.4:
            self.at(by_day(self.office, self.rng, self.office.now + self.rng.randrange(HOUR, 3 * DAY)), self.reject)

    def rate(self) -> None:
        """The retailer's score, with a reason if it is low."""
        office, case, rng = self.office, self.case, self.rng
        if office.now > case.survey.sent_at + 7 * DAY or case.state not in after.RATED_IN:
            return
        late = any(clock.kind == "resolve" and clock.breached_at for clock in case.clocks)
        score = rng.choice((1, 2)) if self.unsolved else chances.score(rng, self.skill, case.leaf_code, case.finding["outcome"], late)
        reason = after.NOT_SOLVED if self.unsolved else rng.choice(("slow", "unclear", "unfair", "other", "rude")) if score <= after.LOW else None
        after.rate(office, case, score, reason, self._comment(score), "phone" if case.channel in ("phone", "visit", "counter") else "web")
        self.calls_open = score <= after.LOW and not self.unsolved
        if self.calls_open:
            self.soon(chances.some(rng, 45, 0.8), self.finish_call)
        if score > after.LOW and case.state == "answered":
            if rng.random() < chances.ACCEPTS:
                after.accept(office, case)
            self.soon(rng.uniform(30, 200), self.close)

    def _comment(self, score: int) -> str:
        if self.rng.random() > (0.8 if self.unsolved else chances.COMMENTS):
            return ""
        kind = "unsolved" if self.unsolved else "praise" if score > after.LOW + 1 else "blame"
        return self.rng.choice(self.office.book.common[self.case.language][kind])

    def reject(self) -> None:
        """The retailer says that nothing was solved, without a score."""
        if self.case.state in after.RATED_IN and after.redo_open(self.office, self.case) and self.case.survey.score is None:
            reason = self.rng.choice(self.office.book.common[self.case.language]["unsolved"])
            thread.take_in(self.office, self.case, reason, "web")
            after.redo(self.office, self.case, reason)

    def finish_call(self) -> None:
        """Somebody calls because of a low score."""
        reached = self.rng.random() < 0.75
        again = None if reached else after.call_in_vain(self.office, self.case)
        if again is not None:
            self.at(again + self.rng.randrange(HOUR), self.finish_call)
            return
        note = self.rng.choice(self.office.book.common[self.case.language]["checked_call"]) if reached else ""
        after.finish_call(self.office, self.case, "reached" if reached else "unreached", note)
        self.calls_open = False

    def call_back(self) -> None:
        """What was serious is asked after by somebody else than the handler."""
        actor = self.office.people.manager(self.case, self.rng)
        thread.log_call(self.office, self.case, actor, self.rng.choice(self.office.book.common[self.case.language]["checked_call"]))

    def settle(self) -> None:
        """Was it done as promised?"""
        for promise in [promise for promise in self.case.promises if promise.kept is None]:
            after.settle_promise(self.office, self.case, promise, self.rng.random() > chances.BROKEN)

    def check(self) -> None:
        """QA draws it."""
        good = self.rng.random() < 0.86 + 0.07 * self.skill
        notes = self.office.book.common[self.case.language]["qa"]
        after.check_quality(self.office, self.case, good, self.rng.choice(notes[:POLITE] if good else notes[POLITE:]))

    def close(self) -> None:
        """The manager closes it, once no call is open and no promise waits."""
        if self.case.state != "answered":
            return
        if self.calls_open or any(promise.kept is None for promise in self.case.promises):
            if not any(what == self.close for _instant, _turn, what in self.coming):
                self.soon(120, self.close)
        else:
            after.close(self.office, self.case)


def epilogue(office: Office, case: Case) -> Iterator[int]:
    """Yield the instants of what comes; True if it is to be handled again."""
    story, rounds = Epilogue(office, case), case.round
    yield office.now + 3
    story.begin()
    while story.coming:
        instant, _turn, what = heapq.heappop(story.coming)
        yield instant
        what()
        if case.round > rounds:
            return True
    return False


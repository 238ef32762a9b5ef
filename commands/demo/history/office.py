"""The simulated organisation (pure): its time, its rules, its people, its open work, and every row that was written."""
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from commands.demo.history import rows
from commands.demo.history.hours import Hours, moment
from commands.demo.history.people import People
from commands.demo.history.texts import Book
from core.actor import Actor
from routing.experience import Weights
from tickets import case_number, sla
from tickets.sla import Span

WORKED_ON = ("dispatched", "in_progress", "in_review", "needs_info")
READ_AFTER = 2 * 86400  # by then everybody has read his notices


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """A category as the rules look at it: plain, because they look a million times."""

    code: str
    group_code: str
    team_id: int
    type: str
    severity: str
    access: str
    may_promise: bool
    desk_answer: bool
    staff_conflict: bool
    loss: bool
    compliance_copy: bool


@dataclass(frozen=True)
class Rules:
    """What the organisation decided: settings and reference data that the simulation follows."""

    sla: Mapping[tuple[str, str], Span]
    escalations: Mapping[str, Mapping[int, int]]
    info_minutes: int
    demand_minutes: int
    contact_factor_key: float
    contact_factor_support: float
    call_minutes: int
    call_tries: int
    survey_delay: int
    survey_hours: tuple
    survey_pause: int
    redo_window: int
    learning_months: float
    suspicious: Callable[..., bool]


@dataclass
class Office:
    """The world of the simulation. `now` is set by the stage before each step; `ids` gives ids by table."""

    hours: Hours
    rules: Rules
    people: People
    book: Book
    leaves: Mapping[str, LeafFacts]
    checklists: Mapping[str, list[int]]
    templates: Mapping[tuple, list]
    fixed: Mapping[str, Mapping]
    organisation: Mapping
    ids: Mapping[str, Iterator[int]]
    end: int
    now: int = 0
    written: dict[type, list] = field(default_factory=lambda: defaultdict(list))
    loads: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    idle: dict[int, int] = field(default_factory=dict)
    open_cases: dict[int, object] = field(default_factory=dict)
    asked: dict[int, list] = field(default_factory=lambda: defaultdict(list))
    case_nos: set[str] = field(default_factory=set)
    numbers: Random = field(default_factory=Random)

    def id(self, table: str) -> int:
        """A new id of a table."""
        return next(self.ids[table])

    def add(self, row):
        """Keep a row; gives it back."""
        self.written[type(row)].append(row)
        return row

    def new_case_no(self) -> str:
        """A case number of today that nobody has."""
        while True:
            number = case_number.make(self.local(self.now).date(), self.numbers.randrange)
            if number not in self.case_nos:
                self.case_nos.add(number)
                return number

    @staticmethod
    def token() -> str:
        """What a tracking page is found by: never from the seed, for it must not be guessed."""
        return secrets.token_urlsafe(18)

    def after(self, at: int, minutes: float, working: bool = True) -> int:
        """The instant at which so many minutes, of working time or of the clock, have passed."""
        return self.hours.add(at, minutes) if working else at + int(minutes * 60)

    def between(self, a: int, b: int, working: bool) -> int:
        """Whole minutes from a to b."""
        return self.hours.between(a, b) if working else (b - a) // 60

    def resumed(self, mark: int, paused_at: int, working: bool) -> int:
        """Where a mark lies once what was paused runs on: as far ahead of now as it was then; what was reached before stays."""
        left = self.hours.worked(mark) - self.hours.worked(paused_at) if working else mark - paused_at
        if left <= 0:
            return mark
        return self.hours.add_seconds(self.now, left) if working else self.now + left

    def local(self, at: int) -> datetime:
        """An instant as the organisation's clocks show it."""
        return self.hours.local(at)

    def instant(self) -> datetime:
        """Now, aware."""
        return moment(self.now)

    def span(self, case, kind: str) -> Span | None:
        """The allowed time of a clock for a ticket, as tickets.services.clocks.span_for says."""
        if kind == "info":
            return Span(self.rules.info_minutes, True)
        rule = self.rules.sla.get((case.severity, kind))
        report = (case.leaf.type if case.leaf else case.type) == "report"
        if kind in sla.FROM_RECEIPT and not sla.asked_for(kind, report, case.sealed):
            return None
        if rule is None or kind != "contact":
            return rule
        return Span(max(1, int(rule.minutes * self._contact_factor(case))), rule.working)

    def _contact_factor(self, case) -> float:
        if case.support_needs:
            return self.rules.contact_factor_support
        return self.rules.contact_factor_key if case.shop and case.shop.service_class == "key" else 1

    def trace(self, actor: Actor, action: str, case=None, target: str = "", at: int | None = None, **detail) -> int:
        """Leave a trace, as core.audit.record does; `at` is for what a watcher saw before the present step."""
        number = self.id("audit_entry")
        self.add(rows.Trace(number, at or self.now, actor.kind, actor.id, actor.name, action, case.id if case else None, target,
                            bool(case and case.sealed), detail))
        return number

    def tell(self, people, kind: str, case, key: str, at: int | None = None) -> None:
        """A line in the bell of each of these people who may see the ticket, unless he has it already."""
        at = at or self.now
        for number in dict.fromkeys(actor.id for actor in people):
            if (key, number) in case.told:
                continue
            case.told.add((key, number))
            read = at + 600 + 37 * (number * case.n % 400)
            self.add(rows.Notice(0, number, kind, case.id, f"{key}:{number}", at, read if self.end - at > READ_AFTER else None))

    def weigh(self, case) -> None:
        """Keep in step how much everybody has on his desk, and which tickets are open."""
        if case.burden:
            self.loads[case.burden[0]] -= case.burden[1]
        carried = case.assignee_id is not None and case.state in WORKED_ON
        case.burden = (case.assignee_id, Weights().of(case.severity)) if carried else ()
        if case.burden:
            self.loads[case.burden[0]] += case.burden[1]
        if case.is_open:
            self.open_cases[case.id] = case
        else:
            self.open_cases.pop(case.id, None)

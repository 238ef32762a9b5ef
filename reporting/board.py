"""The values of the page of figures, read with one query for each source and added up to what each part of the page shows."""
from reporting import figures
from reporting.definitions import BY_KEY
from reporting.figures import EMPTY, Value
from reporting.slices import WEEK, Scope
from reporting.tally import Tally, added, folded
from reporting.weeks import Period

FINE = (WEEK, "channel", "team")
FLOWS = ("closed", "redo", "closing_time", "on_time", "extended", "contact_in_time", "satisfied", "score", "response", "promises")
ONCE = ("received", "left_out", "open", "overdue", "first_response", "on_time_first")


class Board:
    """Figures of a scope: `total`, the same of the period `before`, and divided by one dimension."""

    def __init__(self, scope: Scope):
        self._since = scope.period.first
        self._tallies = figures.read((BY_KEY[key] for key in FLOWS), scope.during(with_before(scope.period)), *FINE)
        self._once = figures.read((BY_KEY[key] for key in ONCE), scope, "channel", "team")

    def total(self, key: str) -> Value:
        """The figure of the period."""
        return self._value(key, added(self._now(key).values()))

    def before(self, key: str) -> Value:
        """The figure of the period before; nothing for what is not read of it."""
        return self._value(key, added(tally for (week, *_rest), tally in self._tallies.get(key, {}).items() if week < self._since))

    def by(self, key: str, dimension: str) -> dict[object, Value]:
        """The figure of the period divided by "channel", "team" or WEEK."""
        place = FINE.index(dimension) - len(FINE)  # counted from the end: what is read once has no week
        return {part: self._value(key, tally) for part, tally in folded(self._now(key), lambda fine: fine[place]).items()}

    def _now(self, key: str) -> dict[tuple, Tally]:
        if key in self._once:
            return self._once[key]
        return {fine: tally for fine, tally in self._tallies[key].items() if fine[0] >= self._since}

    def _value(self, key: str, tally: Tally) -> Value:
        return figures.value(BY_KEY[key], tally) if tally.n else EMPTY


def with_before(period: Period) -> Period:
    """A period and the one before it, as one."""
    return Period(period.before().first, 2 * period.weeks, period.zone, period.now)


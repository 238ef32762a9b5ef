"""One complaint while it lives (pure): its row, and what hangs on it while it is worked on."""
from dataclasses import dataclass, field
from random import Random

from commands.demo.history import rows
from tickets.lifecycle import OPEN


@dataclass(frozen=True)
class Shop:
    """What the simulation knows of a retailer; `serving` are the ids of those who serve him, `weight` how often he speaks up."""

    id: int
    licence_no: str
    shop_name: str
    owner_name: str
    phone: str
    area: str
    street: str
    service_class: str
    support_needs: bool
    language: str
    serving: frozenset[int]
    weight: float


@dataclass(slots=True)
class Case(rows.TicketRow):
    """A ticket with its leaf, clocks and thread. It has every attribute that tickets.lifecycle and tickets.access ask for."""

    n: int = 0
    rng: Random = field(default_factory=Random)
    leaf: object = None
    shop: Shop | None = None
    intake: rows.Intake | None = None
    clocks: list = field(default_factory=list)
    thread: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    reply: rows.Reply | None = None
    surveys: list = field(default_factory=list)
    promises: list = field(default_factory=list)
    extension: rows.Extension | None = None
    demand: rows.Demand | None = None
    tries: list = field(default_factory=list)
    raised: set = field(default_factory=set)
    told: set = field(default_factory=set)
    last_trace: int = 0
    burden: tuple = ()
    rescaled_at: int = 0
    double_of: "Case | None" = None
    finding: dict | None = None
    planted: bool = False
    spot: object = None
    intended: str = ""

    @property
    def is_open(self) -> bool:
        """True while somebody has to do something."""
        return self.state in OPEN

    @property
    def round(self) -> int:
        """The answer round."""
        return self.redos + 1

    @property
    def survey(self) -> rows.Survey | None:
        """The survey of the present round."""
        return next((survey for survey in self.surveys if survey.round == self.round), None)

    def running(self, kind: str | None = None) -> list:
        """Clocks that have not been stopped, of one kind or all."""
        return [clock for clock in self.clocks if clock.stopped_at is None and kind in (None, clock.kind)]

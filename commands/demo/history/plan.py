"""What the invented past is made from (pure): the numbers of packs/demo/history.yaml."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from core import yaml_file

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Planted:
    """The one problem: `first` times the usual rate from a week on, `peak` times after some more, as before once mended."""

    leaf: str
    area: str
    from_week: int
    rises_weeks: int
    until_week: int
    first: float
    peak: float
    cause: str
    cause_share: float

    def times(self, weeks_before_end: float) -> float:
        """How many times the usual rate of its leaf and area is told so many weeks before the end."""
        if not self.until_week < weeks_before_end <= self.from_week:
            return 1.0
        risen = min(1.0, (self.from_week - weeks_before_end) / self.rises_weeks)
        return self.first + (self.peak - self.first) * risen


@dataclass(frozen=True)
class Area:
    """A part of the organisation's country: its shops, and how they differ from the mean."""

    name: str
    shops: int
    busy: float
    late: float
    delivery: tuple[int, ...]
    order: tuple[int, ...]


@dataclass(frozen=True)
class Season:
    """Between two days of the year (MM-DD, both included) something is told `times` as often."""

    of: str
    begins: str
    ends: str
    times: float

    def holds(self, leaf: str, day: date) -> bool:
        """True if it touches this leaf on this day."""
        today = f"{day:%m-%d}"
        inside = self.begins <= today <= self.ends if self.begins <= self.ends else today >= self.begins or today <= self.ends
        return inside and touches(self.of, leaf)


def touches(of: str, leaf: str) -> bool:
    """True if `of` is the leaf or its group."""
    return leaf == of or leaf.split(".")[0] == of


@dataclass(frozen=True)
class Plan:
    """The whole of it. `weeks` and `tickets` may be made smaller, for tests."""

    seed: int
    weeks: int
    tickets: int
    english: float
    areas: tuple[Area, ...]
    planted: Planted
    channels: Mapping[str, float]
    leaves: Mapping[str, float]
    seasons: tuple[Season, ...]
    spring_rush: Mapping[str, float]
    learning_months: float
    handlers: Mapping[str, Mapping[str, float]]


def read(path: Path) -> Plan:
    """The plan in a YAML file."""
    told = yaml_file.read(path)
    areas = tuple(Area(name, facts["shops"], facts["busy"], facts["late"], tuple(facts["delivery"]), tuple(facts["order"]))
                  for name, facts in told.pop("areas").items())
    seasons = tuple(Season(s["of"], s["from"], s["to"], s["times"]) for s in told.pop("seasons"))
    return Plan(areas=areas, seasons=seasons, planted=Planted(**told.pop("planted")), **told)

"""When and where something is told (pure): week and day, seasons, holidays, areas, the planted problem, and the hour of the day."""
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from catalog.models import NOISE
from commands.demo.history.hours import DAY, Hours, stamp
from commands.demo.history.plan import Area, Plan, touches

WEEKDAYS = (1.25, 1.12, 1.05, 1.0, 0.98, 0.4, 0.3)
HOLIDAY = 0.25
WAVE = 0.07  # weeks differ more than chance alone would have it
ON_THE_DAY, DAY_AFTER, OTHER_DAYS = 2.2, 1.4, 0.45
RUSH = timedelta(days=21)
LONG_HOLIDAY = 5
BY_HAND = ("phone", "visit", "counter")  # somebody of ours must be there to hear it
# How many of a day's messages come in each hour from midnight on.
HOURS_OF_DAY = (1, 0, 0, 0, 0, 1, 3, 8, 14, 18, 17, 13, 9, 10, 12, 12, 11, 9, 8, 9, 9, 6, 4, 2)


@dataclass(frozen=True)
class Arrival:
    """Something will be told at `at`; `planted` if only the planted problem makes it be told."""

    at: int
    leaf: str
    area: str
    channel: str
    planted: bool


def first_day(plan: Plan, last: date) -> date:
    """The first day of the history that ends on `last`."""
    return last - timedelta(weeks=plan.weeks) + DAY


def arrivals(plan: Plan, hours: Hours, last: date) -> list[Arrival]:
    """Everything that is told until the end of `last`, in order of time. The same for the same plan and day."""
    days = [first_day(plan, last) + DAY * count for count in range(plan.weeks * 7)]
    festival = _festivals(hours, days)
    rates = {day: _rates(plan, hours, day, festival) for day in days}
    usual = plan.tickets / sum(rate for of_day in rates.values() for _area, _leaf, rate in of_day)
    found = [arrival for count, day in enumerate(days) for arrival in _of_day(plan, hours, day, (len(days) - count) / 7, rates[day], usual)]
    return sorted(found, key=lambda arrival: arrival.at)


def _rates(plan: Plan, hours: Hours, day: date, festivals: list[date]) -> list[tuple[Area, str, float]]:
    ordinary = WEEKDAYS[day.weekday()] if hours.works_on(day) else min(HOLIDAY, WEEKDAYS[day.weekday()])
    rush = any(timedelta() < festival - day <= RUSH for festival in festivals)
    of_leaf = {leaf: share * ordinary * _season(plan, leaf, day, rush) for leaf, share in plan.leaves.items()}
    return [(area, leaf, rate * area.shops * area.busy * _custom(area, leaf, day)) for area in plan.areas for leaf, rate in of_leaf.items()]


def _season(plan: Plan, leaf: str, day: date, rush: bool) -> float:
    times = math.prod(season.times for season in plan.seasons if season.holds(leaf, day))
    return times * math.prod(more for of, more in plan.spring_rush.items() if rush and touches(of, leaf))


def _custom(area: Area, leaf: str, day: date) -> float:
    """An area's own days of delivery and order, and its own trouble with the lorry."""
    group = leaf.split(".")[0]
    days = {"DLV": area.delivery, "ORD": area.order}.get(group)
    if days is None:
        return 1.0
    late = area.late if leaf == "DLV.LATE" else 1.0
    whole = len(days) * (ON_THE_DAY + DAY_AFTER) + (7 - 2 * len(days)) * OTHER_DAYS
    weekday = day.isoweekday()
    today = ON_THE_DAY if weekday in days else DAY_AFTER if (weekday - 2) % 7 + 1 in days else OTHER_DAYS
    return late * today * 7 / whole


def _festivals(hours: Hours, days: list[date]) -> list[date]:
    """The first day of each spring festival: the longest closing between mid January and the end of February."""
    found = []
    for year in {day.year for day in days} | {days[-1].year + 1}:
        winter = [date(year, 1, 15) + DAY * count for count in range(45)]
        runs = [day for day in winter if all(not hours.works_on(day + DAY * n) for n in range(LONG_HOLIDAY))]
        found += runs[:1]
    return found


def _of_day(plan: Plan, hours: Hours, day: date, weeks_left: float, rates: list, usual: float) -> Iterator[Arrival]:
    rng = Random(f"{plan.seed}/{(day - date(2000, 1, 1)).days}")
    wave = Random(f"{plan.seed}/week/{math.ceil(weeks_left)}").lognormvariate(0, WAVE)
    for area, leaf, rate in rates:
        times = plan.planted.times(weeks_left) if (leaf, area.name) == (plan.planted.leaf, plan.planted.area) else 1.0
        for _again in range(poisson(rng, rate * usual * wave * times)):
            channel = _channel(plan, rng, leaf, hours.works_on(day))
            yield Arrival(_hour(rng, hours, day, channel), leaf, area.name, channel, rng.random() < 1 - 1 / times)


def poisson(rng: Random, mean: float) -> int:
    """A random number of events (Knuth's method, for small means)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _channel(plan: Plan, rng: Random, leaf: str, open_today: bool) -> str:
    fitting = {name: share for name, share in plan.channels.items() if open_today or name not in BY_HAND}
    if leaf == NOISE:  # nobody fills a form or comes by to talk nonsense
        fitting = {name: share for name, share in fitting.items() if name in ("sms", "phone")}
    return rng.choices(list(fitting), list(fitting.values()))[0]


def _hour(rng: Random, hours: Hours, day: date, channel: str) -> int:
    midnight = stamp(datetime.combine(day, time(0), hours.tz))
    at = midnight + rng.choices(range(24), HOURS_OF_DAY)[0] * 3600 + rng.randrange(3600)
    while channel in BY_HAND and not hours.is_open(at):
        at = midnight + rng.choices(range(24), HOURS_OF_DAY)[0] * 3600 + rng.randrange(3600)
    return at

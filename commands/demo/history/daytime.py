"""When somebody does something (pure): retailers never at night, the staff in working time."""
from datetime import datetime, time, timedelta
from random import Random

from commands.demo.history.case import Case
from commands.demo.history.hours import stamp
from commands.demo.history.office import Office

WAKE, SLEEP = 7, 22


def by_day(office: Office, rng: Random, at: int) -> int:
    """The instant itself by day, else some time in the next morning."""
    local = office.local(at)
    if WAKE <= local.hour < SLEEP:
        return at
    day = local.date() + timedelta(days=local.hour >= SLEEP)
    return stamp(datetime.combine(day, time(WAKE), local.tzinfo)) + rng.randrange(3 * 3600)


def later(office: Office, case: Case, minutes: float) -> int:
    """So many minutes later: of working time, or round the clock when it is critical."""
    return office.after(office.now, minutes, case.severity != "S1")

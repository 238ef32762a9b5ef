"""When a survey may be sent and how long it is open (pure)."""
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

CORRECTED_WITHIN = timedelta(hours=24)


def by_day(at: datetime, opens: time, closes: time, zone: ZoneInfo) -> datetime:
    """`at` itself if it lies between `opens` and `closes` local time, else the next opening (UTC)."""
    local = at.astimezone(zone)
    if opens <= local.time() < closes:
        return at.astimezone(UTC)
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    return datetime.combine(day, opens, zone).astimezone(UTC)


def may_correct(scored_at: datetime, at: datetime) -> bool:
    """A score can be corrected for 24 hours after it was first given (DOMAIN 3.10)."""
    return at <= scored_at + CORRECTED_WITHIN

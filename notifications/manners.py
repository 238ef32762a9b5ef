"""When and how often a retailer may be written to (pure): what he asked for himself, what can wait, the hours of rest."""
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tickets.fitting import TOGETHER

LANES = ("single", "mass")
# Purposes of words that answer what the reader has just sent: they go out at any hour and are not counted against him.
PROMPTED = frozenset({"ack", "ack_anonymous", "ack_added", "progress", "help", "no_case", "withdraw_ask", "withdraw_which", "withdrawn", "reopened", "opted_in"})
# They keep hours of their own (satisfaction.timing).
OWN_HOURS = frozenset({"survey", "survey_reminder"})
# What is sent to many at once and is read just as well some minutes later.
MANY_AT_ONCE = frozenset({"survey", "survey_reminder", "close", "notice"})
# What nobody is called for when its reader wants no messages.
COURTESIES = frozenset({"ack", "ack_beside", "ack_added", "survey", "survey_reminder", "notice"})
# In which state of its ticket words still say what is so. Others are always true, or say themselves when they were.
TRUE_IN = {"answer": ("answered", "closed"), "close": ("closed",), "ask": ("needs_info",),
           "notice": ("received", "needs_info", "dispatched", "in_progress", "in_review")}


def lane(purpose: str, key: str | None = None) -> str:
    """The lane in which words of this purpose travel; `key` is the dedupe key of their message."""
    return "mass" if purpose in MANY_AT_ONCE or (key or "").startswith(TOGETHER) else "single"


def keeps_quiet_hours(purpose: str, severity: str | None) -> bool:
    """True if these words wait for the morning; what is critical does not."""
    return severity != "S1" and purpose not in PROMPTED | OWN_HOURS


def overtaken(purpose: str, state: str, latest: bool) -> bool:
    """True if words that waited are no longer so: their ticket has left the state that they speak of, or `latest` is False: newer ones were said."""
    return purpose in TRUE_IN and (state not in TRUE_IN[purpose] or not latest)


def after_rest(at: datetime, begins: time, ends: time, zone: ZoneInfo) -> datetime:
    """`at` itself outside the hours of rest, else their end (UTC). Hours that begin when they end are no hours."""
    local = at.astimezone(zone)
    clock = local.time()
    resting = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    if not resting:
        return at.astimezone(UTC)
    day = local.date() if clock < ends else local.date() + timedelta(days=1)
    return datetime.combine(day, ends, zone).astimezone(UTC)


def midnight(at: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the local day (UTC)."""
    return datetime.combine(at.astimezone(zone).date(), time(0), zone).astimezone(UTC)

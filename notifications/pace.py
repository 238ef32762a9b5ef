"""Turns at a gateway: so many messages a second, kept in the database for all workers. What goes to many takes only what the others leave."""
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert

from core import clock, settings
from core.db import db
from core.settings import Setting
from notifications import delivery
from notifications.models import GatewayPace, OutboundMessage

settings.define(
    Setting("sms_rates", "text", "twilio=30", "messages", "Messages a second at each gateway, as name=number with commas between; others have no limit"),
)
LOOK_AGAIN = 0.1  # seconds until it is looked again whether a turn is free


class BadRates(ValueError):
    """The text is no list of rates."""


def rates(text: str) -> dict[str, float]:
    """{gateway: messages a second} of "twilio=10, other=2.5". Raises BadRates."""
    found = {}
    for entry in filter(None, (entry.strip() for entry in text.split(","))):
        name, _equals, number = entry.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise BadRates(entry) from None
        if not 0 < found[name.strip()] < 10_000:
            raise BadRates(entry)
    return found


def take(outbound_id: int) -> float:
    """Take the next turn for a message that goes to one reader; the seconds until it comes. Commit before waiting."""
    return _turn(outbound_id, ahead=True) or 0.0


def take_spare(outbound_id: int) -> float | None:
    """Take a turn that is free at this moment; None if none is, and then another may be later."""
    return _turn(outbound_id, ahead=False)


def _turn(outbound_id: int, ahead: bool) -> float | None:
    row = db.session.get(OutboundMessage, outbound_id)
    gateway = delivery.serving(row.channel, row.address).name if row is not None and row.state == "queued" else ""
    rate = rates(settings.get("sms_rates")).get(gateway)
    if rate is None:
        return 0.0
    now, pace = clock.now(), _locked(gateway)
    if not ahead and pace.next_at > now:
        return None
    turn = max(pace.next_at, now)
    pace.next_at = turn + timedelta(seconds=1 / rate)
    return (turn - now).total_seconds()


def _locked(gateway: str) -> GatewayPace:
    db.session.execute(insert(GatewayPace).values(gateway=gateway, next_at=clock.now()).on_conflict_do_nothing())
    return db.session.get(GatewayPace, gateway, with_for_update=True, populate_existing=True)

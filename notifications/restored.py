"""After a restore: what the copy holds as not yet sent may have gone out since the copy was made."""
from sqlalchemy import select

from core import clock
from core.db import db
from notifications import delivery, outbox, queries
from notifications.models import OutboundMessage


def hold_back() -> int:
    """Mark every message that waits as perhaps sent, so that nothing goes out twice; returns how many.

    Somebody is asked to call the retailers among their readers; the staff have the same lines in the page.
    """
    while waiting := queries.undelivered(clock.now() + queries.JUST_NOW):
        for message_id in waiting:
            outbox.prepare(message_id)
    ids = db.session.scalars(select(OutboundMessage.id).where(OutboundMessage.state.in_(("queued", "sending"))).order_by(OutboundMessage.id)).all()
    return sum(delivery.doubt(outbound_id, "restored") for outbound_id in ids)

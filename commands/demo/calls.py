"""Calls that go with the demo organisation, and those of real people that only name one of its shops."""
from collections import Counter

from sqlalchemy import delete, or_, select, update

from core.db import db
from hotline.models import Call, Recording
from retailers.models import Retailer


def remove(done: Counter, arrivals) -> list[int]:
    """Remove the calls of these arrivals and those of the demo itself; returns the ids of their recordings' files."""
    going = or_(Call.is_demo, Call.intake_id == arrivals)
    files = list(db.session.scalars(select(Recording.attachment_id).join(Recording.call).where(going, Recording.attachment_id.is_not(None))))
    done["calls"] += db.session.execute(delete(Call).where(going), execution_options={"synchronize_session": False}).rowcount
    return files


def forget_shops(nobody_names) -> None:
    """Real calls that were given a demo shop stay, without it; `nobody_names` is the SQL of a shop that goes."""
    shops = select(Retailer.id).where(Retailer.is_demo, nobody_names)
    db.session.execute(update(Call).where(Call.retailer_id.in_(shops)).values(retailer_id=None), execution_options={"synchronize_session": False})

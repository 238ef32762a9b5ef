"""One comparison: from when on, what it found, how it ended; and forgetting old ones."""
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core import clock
from core.db import db
from hotline.models import Reconciliation

OVERLAP = timedelta(minutes=15)
FIRST = timedelta(hours=24)
KEPT = timedelta(days=30)
BATCH = 1_000
MOST_WORDS = 1_000


def begin(provider: str) -> Reconciliation:
    """A new comparison with `provider`, from the last good one on."""
    now = clock.now()
    run = Reconciliation(provider=provider, since=_since(provider, now), began_at=now)
    db.session.add(run)
    db.session.flush()
    return run


def count_admitted(run_id: int) -> None:
    """One thing more that had never arrived."""
    db.session.execute(db.update(Reconciliation).where(Reconciliation.id == run_id).values(admitted=Reconciliation.admitted + 1))


def finish(run_id: int, seen: int, faults: Sequence[str]) -> None:
    """The comparison is over. With a fault the next one goes on from the same place."""
    run = db.session.get(Reconciliation, run_id)
    run.ended_at, run.seen, run.error = clock.now(), seen, "\n".join(faults)[:MOST_WORDS]


def remove_old() -> int:
    """Forget comparisons of long ago, some at a time, but never from where the next one goes on; how many went."""
    places = [place for provider in db.session.scalars(select(Reconciliation.provider).distinct()) if (place := _place(provider)) is not None]
    old = select(Reconciliation.id).where(Reconciliation.began_at < clock.now() - KEPT, Reconciliation.id.not_in([place.id for place in places]))
    return db.session.execute(db.delete(Reconciliation).where(Reconciliation.id.in_(old.limit(BATCH)))).rowcount


def _since(provider: str, now: datetime) -> datetime:
    place = _place(provider)
    if place is None:
        return now - FIRST
    return place.began_at - OVERLAP if _good(place) else place.since


def _place(provider: str) -> Reconciliation | None:
    """The comparison that tells where to go on: the last good one, or the very first while none was good."""
    of_provider = select(Reconciliation).where(Reconciliation.provider == provider)
    good = of_provider.where(Reconciliation.ended_at.is_not(None), func.length(Reconciliation.error) == 0)
    return (db.session.scalar(good.order_by(Reconciliation.began_at.desc()).limit(1))
            or db.session.scalar(of_provider.order_by(Reconciliation.began_at).limit(1)))


def _good(run: Reconciliation) -> bool:
    return run.ended_at is not None and not run.error

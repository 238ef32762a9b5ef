"""What the jobs of trends are killed over: a rise in an area of its own, and an improvement item whose watch is over."""
import itertools
from datetime import timedelta

from catalog.queries import today
from core import clock
from core.db import db
from reporting.improvement import exposure
from reporting.improvement.models import ImprovementItem, TrendLook
from reporting.improvement.weeks import WEEK, newest
from tests import builders
from tests.reporting.planting import ORDINARY, plant, shop

numbers = itertools.count(1)
MUCH = 60


def rising() -> int:
    """The number of an area whose complaints rose in the last week, which nobody has looked at."""
    number = next(numbers)
    counts = [*ORDINARY, *ORDINARY[:10], MUCH]
    plant(shop(f"area {number}", 50), counts, newest(today()) - WEEK * (len(counts) - 1))
    db.session.execute(db.delete(TrendLook))
    return number


def watched() -> int:
    """An item that waits, its check date passed."""
    last = newest(today())
    first, area = last - WEEK * 30, f"area {next(numbers)}"
    plant(shop(area, 50), [*ORDINARY, MUCH, *[40] * 5, *[10] * 8], first)
    exposure.keep(first)
    item = ImprovementItem(
        state="waiting", leaf_code="DLV.LATE", area=area, found_at=clock.now(), chart="weekly", rules=["outside"], title="Late",
        trigger_first=first + WEEK * 17, trigger_last=first + WEEK * 17, baseline_first=first, baseline_last=first + WEEK * 14, baseline_count=200,
        baseline_exposure=1.0, baseline_rate=200.0, baseline_low=180.0, baseline_high=220.0, owner_id=_boss().id, accepted_by_id=_boss().id,
        cause_code="logistics", whys="One van", most=0.7, check_date=today() - timedelta(days=3), comparison_areas=[],
        acted_on=first + WEEK * 23, watch_from=first + WEEK * 24, reached={})
    db.session.add(item)
    db.session.flush()
    return item.id


def _boss():
    return db.session.scalar(db.select(builders.User).filter_by(login="boss"))

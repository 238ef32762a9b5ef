"""The demo takes the improvement items along that its complaints brought, and no others."""
from collections import Counter

from sqlalchemy import text

from commands.demo import improvements
from core import clock
from core.audit import AuditEntry
from core.db import db
from reporting.improvement.models import AreaWeek, ImprovementItem, ImprovementTicket
from retailers.models import Retailer
from tests.reporting.improvement.stories import FOUND
from tests.reporting.planting import DOUBLED, ORDINARY, morning, plant, shop


def test_only_what_the_demo_brought_goes(queue):
    plant(shop("invented"), ORDINARY + DOUBLED, is_demo=True)
    plant(shop("real"), ORDINARY + DOUBLED)
    with clock.frozen(morning(FOUND + 2)):
        queue.enqueue("watch_trends")
        queue.run()
    assert {(item.area, item.is_demo) for item in db.session.scalars(db.select(ImprovementItem))} == {("invented", True), ("real", False)}
    db.session.execute(text("SET LOCAL redress.purge = 'on'"))
    done = Counter()
    improvements.remove_items(done)
    db.session.execute(db.update(Retailer).where(Retailer.area == "invented").values(area=""))
    improvements.remove_areas()
    assert done == {"improvement items": 1, "traces": 1}
    assert db.session.scalars(db.select(ImprovementItem.area)).all() == ["real"]
    assert set(db.session.scalars(db.select(AreaWeek.area))) == {"invented", "real"}  # the real item may be compared with it
    assert db.session.query(AuditEntry).filter(AuditEntry.action == "improvement.found").count() == 1
    assert {row.item_id for row in db.session.scalars(db.select(ImprovementTicket))} == {db.session.scalar(db.select(ImprovementItem.id))}
    db.session.execute(db.delete(ImprovementItem))
    improvements.remove_areas()
    assert set(db.session.scalars(db.select(AreaWeek.area))) == {"real"}

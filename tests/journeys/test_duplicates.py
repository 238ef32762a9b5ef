"""One matter told by form, by telephone and once more a week later: proposed, merged, kept apart, told before."""
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import run
from tests.builders import ROAD, STEPS, opened, retailer, staff, walk, who
from tests.committed import committed_app
from tests.pages import PageClient
from tickets.models import MergeRefusal, Ticket
from tickets.services import handling, merging
from triage.duplicates import queries
from triage.duplicates.models import DuplicatePair

FORM = "昨天该送的货到现在还没到，店里好几个规格都空了"
CALL = "喂你好我就是问一下我那个货怎么还没来啊说好昨天送的嘛店里都没东西卖了"
NEXT_WEEK = "今天该送的货又没到，店里又空了"


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


def done(queue):
    db.session.commit()
    queue.run()


def test_from_the_second_telling_to_the_repeat(hotline, queue):
    shop, handler = retailer(), staff(certificates={"DLV": 4})
    monday = clock.now() - timedelta(days=9)
    with clock.frozen(monday):
        first = opened(FORM, shop=shop, language="zh")
        done(queue)
    with clock.frozen(monday + timedelta(minutes=75)):
        second = opened(CALL, shop=shop, language="zh", channel="phone")
        done(queue)
        page = hotline.get(f"/desk/triage?case={second.case_no}")
        assert "Perhaps the same matter" in page.text
        hotline.submit(page, f"/triage/{second.case_no}", button="step=merge", other=first.case_no)
        assert [message.body for message in first.messages if message.kind == "in"] == [FORM, CALL]
        walk(first, "dispatched", handler=handler)
        handling.sign(first, who(handler))
        for step in ROAD[1:]:
            STEPS[step](first, handler, None, None)
        done(queue)
        assert first.state == "closed"
    third = opened(NEXT_WEEK, shop=shop, language="zh")
    done(queue)
    assert queries.proposed(who(handler), third) == []  # the first has ended: nothing to merge into
    walk(third, "dispatched", handler=handler)
    done(queue)
    assert [one.id for one in queries.told_before(who(handler), third)] == [first.id]
    assert "told for the second time" in hotline.get(f"/desk/tickets/{third.case_no}").text


def test_two_workers_at_once_make_one_pair_and_two_people_at_once_one_refusal(services):
    with committed_app(services, "paired") as (app, _url):
        shop = retailer()
        agents = [staff(roles=("hotline",), in_team="hotline", certificates={}) for _agent in range(2)]
        made = [opened(text, shop=shop, language="zh").id for text in (FORM, CALL)]
        db.session.commit()
        readers, forms = [who(agent) for agent in agents], [made, made[::-1]]
        together(app, lambda number: run("compare", number), made)
        together(app, lambda number: run("compare", number), made)
        assert db.session.execute(db.select(DuplicatePair.first_id, DuplicatePair.second_id)).all() == [tuple(made)]
        together(app, lambda at: refuse(readers[at], *forms[at]), (0, 1))
        db.session.rollback()
        assert db.session.execute(db.select(MergeRefusal.first_id, MergeRefusal.second_id)).all() == [tuple(made)]


def refuse(reader, one: int, other: int) -> None:
    merging.refuse(db.session.get(Ticket, one), db.session.get(Ticket, other), reader)
    db.session.commit()


def together(app, work, numbers) -> None:
    """Do the work for each number at the same moment, in a thread of its own with a connection of its own."""
    start = threading.Barrier(len(numbers))

    def inside(number):
        with app.app_context():
            start.wait()
            work(number)
            db.session.remove()
    with ThreadPoolExecutor(len(numbers)) as pool:
        list(pool.map(inside, numbers))

"""What the answer to all leaves to a person: who needs special care, who names staff, what was sealed since, what was refused."""
from datetime import timedelta

import pytest

from catalog import queries as catalog
from core import clock
from core.jobs import run
from tests import builders
from tests.reporting.hot.floods import NOW, arrives
from tickets import alone
from tickets.fitting import Rule
from tickets.services import parenting

HOUR = timedelta(hours=1)
WORDS = {"en": {"found": "the van broke down", "remedy": "Another one comes."}}


@pytest.fixture
def boss(database):
    return builders.who(builders.staff(roles=("manager",), leads=True, certificates={}))


@pytest.fixture(autouse=True)
def later(database):
    with clock.frozen(NOW + HOUR):
        yield


def settled(boss):
    rule = Rule("DLV.LATE", "north", 0, NOW - HOUR, None)
    parent = parenting.open_parent(boss, catalog.leaf("DLV.LATE"), rule, "The van", {"zh": "送货晚了", "en": "late goods"}, ())
    parenting.resolve(parent, boss, WORDS, "upheld", "logistics", "explained")
    return parent


def test_who_is_left_and_why(queue, boss):
    plain, care, named, sealed = arrives(NOW), arrives(NOW, shop=builders.retailer(area="north", support_needs=True)), arrives(NOW), arrives(NOW)
    ids = [one.id for one in (plain, care, named, sealed)]
    assert alone.still(ids, clock.now()) == {}
    parent = settled(boss)
    named.named_ids, sealed.sealed = [boss.id], True
    left = {care.id: "care", named.id: "names_staff", sealed.id: "sealed"}
    assert alone.still(ids, clock.now()) == left  # the plain one is being answered
    assert alone.still(ids, clock.now() + 25 * HOUR) == left | {plain.id: "refused"}
    run("tend_parent", parent.id)
    assert alone.still(ids, clock.now() + 25 * HOUR) == left


@pytest.mark.parametrize("how", ["answered", "handled again"])
def test_what_a_person_has_answered_is_left_no_more(queue, boss, how):
    care = arrives(NOW, shop=builders.retailer(area="north", support_needs=True), dispatch=False)
    settled(boss)
    assert alone.still([care.id], clock.now()) == {care.id: "care"}
    if how == "answered":
        builders.walk(care, "answered")
    else:
        care.redos = 1
    assert alone.still([care.id], clock.now()) == {}

"""By what two tickets are of one sender: the shop of the register before all, else number, order, typed name."""
from types import SimpleNamespace

import pytest

from triage.duplicates.sender import found_by, names_differ


def ticket(shop: int | None = None, phone: str | None = None, order: str = "", typed: str = ""):
    """As much of a ticket as is looked at."""
    return SimpleNamespace(retailer_id=shop, retailer=SimpleNamespace(shop_name=f"Shop {shop}") if shop else None, contact_phone=phone,
                           order_no=order, shop_text=typed)


@pytest.mark.parametrize(("one", "other", "codes"), [
    ({"shop": 1, "phone": "+1"}, {"shop": 1, "phone": "+1"}, ["shop"]),
    ({"shop": 1, "phone": "+1", "order": "XD 20"}, {"phone": "+1", "order": "xd20"}, ["number", "order"]),
    ({"typed": "利民 超市"}, {"typed": "利民超市"}, ["name"]),
    ({"typed": "利民超市"}, {"typed": "利民超市", "shop": 1}, []),  # the register knows better than what was typed
    ({"typed": "。"}, {"typed": "！"}, []),
    ({}, {}, []),
])
def test_what_the_two_have_in_common(one, other, codes):
    assert found_by(ticket(**one), ticket(**other)) == codes


@pytest.mark.parametrize(("one", "other", "differ"), [
    ({"typed": "利民超市"}, {"typed": "祥隆百货"}, True), ({"typed": "利民超市"}, {"shop": 1}, True),
    ({"typed": "利民 超市"}, {"typed": "利民超市"}, False), ({"typed": ""}, {"shop": 1}, False),
    ({"typed": "330100001234"}, {"typed": "利民超市"}, False),  # a licence number is no name
    ({"typed": "利民超市", "shop": 1}, {"typed": "祥隆百货", "shop": 1}, False),
])
def test_names_that_differ_are_seen(one, other, differ):
    assert names_differ(ticket(**one), ticket(**other)) is differ

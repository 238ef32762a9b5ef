"""Facts in plain sight."""
import pytest

from triage import facts

CASES = (
    ("订单 20261118073 少了两条", {"order_no": "20261118073", "quantity": "两条"}),
    ("order no. 2026111807, 3 cartons of “Cloud Hill” short", {"order_no": "2026111807", "quantity": "3 cartons", "product": "Cloud Hill"}),
    ("昨天下午扣了我３，８６０元", {"amount": "3860", "occurred": "昨天下午"}),
    ("they took 1,200.50 yuan last Friday", {"amount": "1200", "occurred": "last Friday"}),
    ("我的许可证号是 440301000017，电话 138 0000 1234", {"licence_no": "440301000017", "phone": "138 0000 1234"}),
    ("11月3号送来5件「云山」全是碎的", {"occurred": "11月3号", "quantity": "5件", "product": "云山"}),
    ("你们的人态度太差", {}),
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_facts_are_found(text, expected):
    assert facts.read(text).found() == expected


def test_a_licence_number_is_not_an_order_number():
    found = facts.read("许可证 210000123456，货还没到")
    assert (found.licence_no, found.order_no) == ("210000123456", "")

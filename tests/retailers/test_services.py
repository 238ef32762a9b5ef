"""The shop's card and the wish for no messages."""
import pytest
from sqlalchemy import select

from core.actor import SYSTEM, Actor
from core.audit import AuditEntry
from core.errors import DomainError
from retailers import services
from retailers.queries import opted_out

CLERK = Actor(kind="staff", id=7, name="周念慈", roles=frozenset({"hotline"}))


def trail(database, action="retailer.changed"):
    return [(entry.actor_name, entry.target, entry.detail) for entry in database.session.scalars(
        select(AuditEntry).filter_by(action=action).order_by(AuditEntry.id))]


def test_a_change_names_the_fields_and_who(database):
    shop, what = services.upsert(SYSTEM, "9901 0100-0001", shop_name="兴旺副食")
    assert (shop.licence_no, what) == ("990101000001", "added")
    assert services.change(CLERK, shop, owner_name="王建", shop_name="兴旺副食") == ["owner_name"]
    assert services.change(CLERK, shop, owner_name="王建") == []
    assert trail(database) == [("system", "990101000001", {"changed": ["licence_no"]}),
                               ("周念慈", "990101000001", {"changed": ["owner_name"]})]


@pytest.mark.parametrize("facts, code", [({"shop_name": " "}, "shop_name_missing"), ({"service_class": "gold"}, "unknown_class")])
def test_a_card_that_cannot_be_is_refused(database, facts, code):
    shop, _what = services.upsert(SYSTEM, "990101000001", shop_name="兴旺副食")
    with pytest.raises(DomainError) as refused:
        services.change(CLERK, shop, **facts)
    assert refused.value.code == code
    assert shop.shop_name == "兴旺副食"


@pytest.mark.parametrize("licence", ["", "A12", "１２", "12.5"])
def test_a_licence_number_has_digits_only(database, licence):
    with pytest.raises(DomainError, match="bad_licence"):
        services.upsert(SYSTEM, licence, shop_name="x")


def test_a_column_that_is_not_on_the_card_is_a_mistake_of_ours(database):
    shop, _what = services.upsert(SYSTEM, "990101000001", shop_name="兴旺副食")
    with pytest.raises(ValueError, match="licence_no"):
        services.change(CLERK, shop, licence_no="1")


def test_opting_out_and_in_again_each_once(database):
    number = "+8613800001234"
    assert services.opt_out(number, "sms") and not services.opt_out(number, "sms")
    assert opted_out(number)
    assert services.opt_in(number, "page") and not services.opt_in(number, "page")
    assert not opted_out(number)
    assert trail(database, "opt_out.set") == [("system", "138××××1234", {"source": "sms"})]
    assert trail(database, "opt_out.lifted") == [("system", "138××××1234", {"source": "page"})]

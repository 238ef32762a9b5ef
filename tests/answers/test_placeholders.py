"""Placeholders: what is needed, how values are written in each language, and that nothing unresolved gets through."""
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from answers.placeholders import BadPlaceholder, BadValue, Unresolved, join, names, names_of, render, render_parts

CHINA = ZoneInfo("Asia/Shanghai")
PARTS = [{"free": "您好，{{shop}}。"}, {"locked": "应赔{{amount:money}}，{{due:date}}前到账。"}, {"free": "{{shop}}放心。"}]


def test_names_once_in_order_with_their_types():
    assert names("{{b}} {{ a : date }} {{b:text}} {{b}}") == [("b", "text"), ("a", "date")]
    assert names("no placeholders, {single} braces") == []
    assert names_of(PARTS) == [("shop", "text"), ("amount", "money"), ("due", "date")]


@pytest.mark.parametrize("text", ["{{amount:moeny}}", "{{Shop}}", "{{ }}", "{{shop}", "shop}}", "{{shop:}}", "{{店名}}"])
def test_a_misspelt_placeholder_is_refused(text):
    with pytest.raises(BadPlaceholder):
        names(text)
    with pytest.raises(BadPlaceholder):
        render(text, {"shop": "A", "amount": 1}, "zh", CHINA)


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("text", "  惠民便利店 ", "惠民便利店", "惠民便利店"),
        ("text", 7, "7", "7"),
        ("date", date(2026, 11, 5), "2026年11月5日", "5 November 2026"),
        ("date", "2026-11-05", "2026年11月5日", "5 November 2026"),
        ("date", datetime(2026, 11, 5, 16, 30, tzinfo=UTC), "2026年11月6日", "6 November 2026"),
        ("money", Decimal("1234.5"), "1,234.50元", "CNY 1,234.50"),
        ("money", "2,000", "2,000元", "CNY 2,000"),
        ("money", 0, "0元", "CNY 0"),
        ("int", 12345, "12,345", "12,345"),
        ("int", "0", "0", "0"),
        ("phone", "+8613800001234", "138 0000 1234", "138 0000 1234"),
        ("phone", "12313", "12313", "12313"),
    ],
)
def test_values_are_written_as_the_language_writes_them(kind, value, zh, en):
    text = "<{{it:" + kind + "}}>"
    assert render(text, {"it": value}, "zh", CHINA) == f"<{zh}>"
    assert render(text, {"it": value}, "en", CHINA) == f"<{en}>"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "tomorrow"), ("date", "2026-02-30"), ("date", datetime(2026, 11, 5)), ("money", "a lot"),
        ("money", "NaN"), ("money", "1e9999"), ("int", "1.5"), ("int", "Infinity"), ("int", [1]),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_refused(kind, value):
    with pytest.raises(BadValue) as caught:
        render("{{it:" + kind + "}}", {"it": value}, "zh", CHINA)
    assert (caught.value.name, caught.value.type) == ("it", kind)


@pytest.mark.parametrize("values", [{}, {"a": None, "b": ""}, {"a": "  ", "b": None, "c": "unused"}])
def test_everything_that_is_missing_is_named_at_once(values):
    with pytest.raises(Unresolved) as caught:
        render("{{a}}{{b:date}}{{a:int}}", values, "en", CHINA)
    assert caught.value.names == ("a", "b")


def test_braces_in_a_value_are_words_and_not_placeholders():
    assert render("{{a}}", {"a": "{{b}}", "b": "secret"}, "en", CHINA) == "{{b}}"


def test_parts_keep_their_kind():
    values = {"shop": "惠民店", "amount": 30, "due": date(2026, 11, 24)}
    rendered = render_parts(PARTS, values, "zh", CHINA)
    assert rendered == [{"free": "您好，惠民店。"}, {"locked": "应赔30元，2026年11月24日前到账。"}, {"free": "惠民店放心。"}]
    assert join(rendered, "zh") == "您好，惠民店。应赔30元，2026年11月24日前到账。惠民店放心。"


def test_missing_names_of_all_parts_are_named_at_once():
    with pytest.raises(Unresolved) as caught:
        render_parts(PARTS, {"amount": 1}, "zh", CHINA)
    assert caught.value.names == ("shop", "due")


def test_english_parts_are_joined_by_one_space():
    assert join([{"free": "Hello."}, {"locked": "By law:\n"}, {"free": "30 days. "}, {"free": "Bye"}], "en") == (
        "Hello. By law:\n30 days. Bye"
    )

"""Phone numbers as people type them, the reasons for refusal, and what lists may show."""
import pytest

from core.phone import InvalidPhone, display, last4, mask, normalise


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("13800001234", "+8613800001234"),
        (" 138 0000 1234 ", "+8613800001234"),
        ("138-0000-1234", "+8613800001234"),
        ("138—0000—1234", "+8613800001234"),
        ("138 0000 1234", "+8613800001234"),
        ("１３８００００１２３４", "+8613800001234"),
        ("+86 138 0000 1234", "+8613800001234"),
        ("＋８６ 138 0000 1234", "+8613800001234"),
        ("0086 13800001234", "+8613800001234"),
        ("86-13800001234", "+8613800001234"),
        ("013800001234", "+8613800001234"),
        ("\u202d13800001234\u202c", "+8613800001234"),
        ("0571-88001234", "+8657188001234"),
        ("（0571）8800 1234", "+8657188001234"),
        ("010 12345678", "+861012345678"),
        ("4008001234", "+864008001234"),
        ("+852 6123 4567", "+85261234567"),
    ],
)
def test_normalise(typed, e164):
    assert normalise(typed) == e164
    assert normalise(e164) == e164


@pytest.mark.parametrize(
    ("typed", "reason", "digits", "expected"),
    [
        ("1380000123", "too_short", 10, 11),
        ("+86 1380000123", "too_short", 10, 11),
        ("138000012345", "too_long", 12, 11),
        ("0086 138000012345", "too_long", 12, 11),
        ("123", "too_short", 3, None),
        ("88001234", "impossible", 8, None),
        ("0571 8800 1234 5678 90", "too_long", 18, None),
        ("", "not_a_number", 0, None),
        ("没有", "not_a_number", 0, None),
        ("my phone 138", "not_a_number", 3, None),
        ("+999 123456789", "impossible", 12, None),
        ("11111111111", "impossible", 11, None),
    ],
)
def test_refusals_say_why(typed, reason, digits, expected):
    with pytest.raises(InvalidPhone) as caught:
        normalise(typed)
    assert (caught.value.reason, caught.value.digits, caught.value.expected) == (reason, digits, expected)


def test_another_region_reads_numbers_its_own_way():
    assert normalise("020 7946 0123", region="GB") == "+442079460123"
    assert normalise("+8613800001234", region="GB") == "+8613800001234"


@pytest.mark.parametrize(
    ("e164", "masked", "shown"),
    [
        ("+8613800001234", "138××××1234", "138 0000 1234"),
        ("+8657188001234", "0571××××1234", "0571 8800 1234"),
        ("+861012345678", "010××××5678", "010 1234 5678"),
        ("+85261234567", "+852××××4567", "+852 6123 4567"),
        ("1069012345", "××××2345", "1069012345"),
        ("12313", "××××", "12313"),
        ("+99912345678", "××××5678", "+99912345678"),
    ],
)
def test_mask_and_display(e164, masked, shown):
    assert mask(e164) == masked
    assert display(e164) == shown


def test_last4():
    assert last4("+8613800001234") == "1234"

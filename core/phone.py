"""Phone numbers (pure): to E.164 and back to how people read them, and masked for lists."""
import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

CHINA = "CN"
CHINA_CODE = 86
CN_MOBILE_DIGITS = 11
HIDDEN = "××××"

# What people put between digits. Word processors turn a hyphen into any of these dashes.
_SEPARATORS = re.compile(r"[\s().,/·\-‐‑‒–—―−]+")
_CN_MOBILE_LIKE = re.compile(r"(?:\+86|0086|86)?0?(1[3-9]\d*)")
_REASONS = {
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
}


class InvalidPhone(ValueError):
    """Not a number that can be called.

    `reason` is too_short, too_long, not_a_number or impossible; `digits` is how many digits were typed (of a Chinese
    mobile number: without country code) and `expected` how many there should be, or None where that varies.
    """

    def __init__(self, reason: str, digits: int = 0, expected: int | None = None):
        super().__init__(reason)
        self.reason, self.digits, self.expected = reason, digits, expected


def normalise(text: str, region: str = CHINA) -> str:
    """The number in E.164 ("+8613800001234"); `region` decides what a number without country code means.

    Full-width digits, spaces, brackets, dashes and the prefixes 0086 and 86 are understood. Raises InvalidPhone.
    """
    compact = _compact(text)
    if not re.fullmatch(r"\+?\d+", compact):
        raise InvalidPhone("not_a_number", _count(compact))
    _check_cn_mobile_length(compact, region)
    number = _parse(compact, region)
    if not phonenumbers.is_valid_number(number):
        length = phonenumbers.is_possible_number_with_reason(number)
        raise InvalidPhone(_REASONS.get(length, "impossible"), _count(compact))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def last4(e164: str) -> str:
    """The last four digits, which people use to recognise a number of their own."""
    return e164[-4:]


def mask(e164: str) -> str:
    """For lists: "138××××1234", "0571××××1234", abroad "+852××××4567"; anything else keeps at most four digits."""
    number = _known(e164)
    if number is None:
        return HIDDEN + last4(e164) if len(e164) >= 8 else HIDDEN
    return _head(number) + HIDDEN + last4(e164)


def display(e164: str) -> str:
    """As people read it: "138 0000 1234" at home, "+852 6123 4567" abroad; an unknown sender's code unchanged."""
    number = _known(e164)
    if number is None:
        return e164
    home = number.country_code == CHINA_CODE
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def national(e164: str) -> str:
    """The digits as they are dialled inside their own country ("13800001234"); an unknown sender's code unchanged."""
    number = _known(e164)
    return e164 if number is None else phonenumbers.national_significant_number(number)


def _compact(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    # Numbers copied from an address book carry invisible direction marks (category Cf).
    visible = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return _SEPARATORS.sub("", visible)


def _count(compact: str) -> int:
    return sum(char.isdigit() for char in compact)


def _check_cn_mobile_length(compact: str, region: str) -> None:
    """phonenumbers calls ten digits possible (a land line's length), but whoever starts with 13 to 19 means a mobile."""
    match = _CN_MOBILE_LIKE.fullmatch(compact)
    if match is None or (region != CHINA and not compact.startswith(("+86", "0086"))):
        return
    digits = len(match[1])
    if digits != CN_MOBILE_DIGITS:
        raise InvalidPhone("too_short" if digits < CN_MOBILE_DIGITS else "too_long", digits, CN_MOBILE_DIGITS)


def _parse(compact: str, region: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(compact, region)
    except phonenumbers.NumberParseException as error:
        long = error.error_type == phonenumbers.NumberParseException.TOO_LONG
        short = error.error_type != phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        reason = "too_long" if long else "too_short" if short else "impossible"
        raise InvalidPhone(reason, _count(compact)) from error


def _known(e164: str) -> PhoneNumber | None:
    """The parsed number, or None for what is not E.164 (a sender's short code, an old record)."""
    if not re.fullmatch(r"\+\d{8,15}", e164):
        return None
    try:
        return phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None


def _head(number: PhoneNumber) -> str:
    """What may be seen before the hidden part: a mobile's first three digits, a land line's area code."""
    if number.country_code != CHINA_CODE:
        return f"+{number.country_code}"
    national = phonenumbers.national_significant_number(number)
    area = phonenumbers.length_of_geographical_area_code(number)
    return f"0{national[:area]}" if area else national[:3]

"""Facts that stand in plain sight in a complaint (pure): numbers, money, goods, days."""
import re
import unicodedata
from dataclasses import asdict, dataclass

_ORDER = re.compile(r"(?:订单|单号|订货单|order)\D{0,8}(\d{6,14})|(?<!\d)(2\d{9,11})(?!\d)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:[¥￥]\s*)?(\d{1,3}(?:,\d{3})+|\d{2,7})(?:\.\d{1,2})?\s*(?:元|块|yuan|rmb|cny)", re.IGNORECASE)
_LICENCE = re.compile(r"(?:许可证|专卖证|证号|licen[cs]e)\D{0,10}(\d{6,18})", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d(?:[ -]?\d){8}|0\d{2,3}[ -]?\d{7,8})(?!\d)")
_UNITS = r"条|件|箱|包|盒|cartons?|cases?|packs?|boxes|box"
_QUANTITY = re.compile(rf"(\d+|[一二两三四五六七八九十百半]+|\b(?:one|two|three|four|five|six|ten)\b)\s*({_UNITS})", re.IGNORECASE)
_PRODUCT = re.compile(rf"(?:{_UNITS})\s*(?:of\s+)?[「“\"'《]([^」”\"'》]{{2,20}})[」”\"'》]", re.IGNORECASE)
_DAY = re.compile(
    r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]|(?:上上|上|这|本)?(?:周|星期|礼拜)[一二三四五六日天](?:[早下]?[上午晚]?)|"
    r"(?:前|昨|今)[天晚早](?:[早下][上午]|晚上)?|\b(?:last |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\byesterday\b|\btoday\b|\blast (?:week|night|month)\b",
    re.IGNORECASE)
# What is looked for, in the order of the fields below; the first group that matched is the fact.
_READERS = {
    "order_no": _ORDER, "amount": _AMOUNT, "licence_no": _LICENCE, "phone": _PHONE, "quantity": _QUANTITY, "product": _PRODUCT, "occurred": _DAY,
}


@dataclass(frozen=True)
class Facts:
    """What was found; an empty string means nothing. `amount` is in the currency of the text, digits only."""

    order_no: str = ""
    amount: str = ""
    licence_no: str = ""
    phone: str = ""
    quantity: str = ""
    product: str = ""
    occurred: str = ""

    def found(self) -> dict[str, str]:
        """Only what is there."""
        return {name: value for name, value in asdict(self).items() if value}


def read(text: str) -> Facts:
    """The first fact of every kind in `text`. A telephone or licence number is never taken for an order number."""
    plain = unicodedata.normalize("NFKC", text)
    found = {name: _first(pattern, plain) for name, pattern in _READERS.items()}
    found["amount"] = re.sub(r"\D", "", found["amount"].split(".")[0])
    if found["order_no"] in (found["licence_no"], re.sub(r"\D", "", found["phone"])):
        found["order_no"] = ""
    return Facts(**found)


def _first(pattern: re.Pattern, text: str) -> str:
    match = pattern.search(text)
    if match is None:
        return ""
    if pattern in (_QUANTITY, _DAY, _AMOUNT):
        return match[0].strip()
    return next(filter(None, match.groups()), "")

"""Of which of those who serve a shop a complaint speaks without a name (pure): the driver, the rep, whoever takes the orders or inspects."""
import re

ROLES = {
    "account_manager": r"客户?经理|业务员|专员|\b(?:account manager|sales ?(?:rep|man|person)|(?:our|my|your|the) rep(?:resentative)?)\b",
    "tele_orderer": r"订货员|订货的(?:姑娘|小姑娘|人)|电访员|接单员|接线员|\border[- ]?(?:taker|clerk|line|lady|desk)\b|\b(?:lady|man|girl|boy|woman) on the (?:order(?:ing)? )?(?:line|phone)\b",
    "deliverer": r"司机|送货(?:员|的|师傅|小哥|人)|配送员|师傅|\b(?:driver|delivery ?(?:man|guy|woman|driver)|courier|van man)\b",
    "inspector": r"稽查|专管员|检查(?:员|的人)|市管员|执法|\b(?:inspector|officer)s?\b",
}
_ROLES = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in ROLES.items()}


def roles(text: str) -> frozenset[str]:
    """The roles (retailers.models.SERVING_ROLES) whose holders the words speak of."""
    return frozenset(role for role, pattern in _ROLES.items() if pattern.search(text))

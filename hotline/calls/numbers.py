"""Who calls, from what the provider says (pure): a number, or nobody when it is withheld."""
from core.phone import InvalidPhone, normalise

# What the provider sends in place of a number: keypad letters for anonymous, restricted, blocked, unknown, unavailable.
WITHHELD = ("+266696687", "+7378742833", "+17378742833", "+2562533", "+12562533", "+8656696", "+18656696", "+86282452253")


def caller(text: str, region: str = "CN") -> str:
    """The caller's number (E.164); empty for a withheld one, a name, a SIP address, or what no number can be."""
    text = text.strip()
    if text in WITHHELD:
        return ""
    try:
        return normalise(text, region)
    except InvalidPhone:
        return ""

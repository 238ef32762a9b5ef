"""From the fields of the form to the raw record (pure). What an anonymous person must not leave behind is dropped here."""
from collections.abc import Mapping

from core.phone import normalise

WORDS = ("kind", "occurred", "order_no", "wish")
# The order number belongs to a shop, so it says who reports as plainly as the shop's name does.
IDENTITY = ("shop", "name", "phone", "email", "order_no")
OPEN, CONFIDENTIAL, ANONYMOUS = "open", "confidential", "anonymous"


def complaint(data: Mapping, language: str, region: str) -> dict:
    """The raw record of a valid form. Anonymous ones hold no identity at all; a filled honeypot is told, never lost."""
    who = data["who"]
    told = {"text": data["what"], "language": language, "confidential": who == CONFIDENTIAL, "anonymous": who == ANONYMOUS}
    told |= {key: data[key] for key in WORDS}
    if who != ANONYMOUS:
        told |= {"shop": data["shop"], "name": data["name"], "email": data["email"], "phone": normalise(data["phone"], region)}
    if data.get("website"):
        told["suspect"] = "honeypot"
    hidden = IDENTITY if who == ANONYMOUS else ()
    return {key: value for key, value in told.items() if key not in hidden and value not in ("", None)}


def addition(text: str, language: str, case_no: str) -> dict:
    """The raw record of words added to the case `case_no`."""
    return {"text": text, "language": language, "continues": case_no}


def sealed(raw: Mapping) -> bool:
    """Anonymous ones and reports are sealed from the first moment; whoever is responsible may open them later."""
    return bool(raw.get("anonymous")) or raw.get("kind") == "report"


def guarded(raw: Mapping) -> bool:
    """True if not everybody who works on it may know who tells it: then nothing else may give that away."""
    return sealed(raw) or bool(raw.get("confidential"))

"""The receipt: the number, and what comes when."""
from flask import render_template, session

from core.pages import public
from portal import case, presenters
from portal.blueprint import portal


@portal.get("/r/<token>")
@public
def receipt(token: str):
    """Say the number; to an anonymous person also the PIN, once."""
    found = case.by_token(token)
    return render_template("portal/receipt.html", case=found, pin=_pin_once(token), ahead=presenters.ahead(found), told=presenters.told(found))


def _pin_once(token: str) -> str | None:
    for_token, pin = session.get("pin", (None, None))
    if for_token != token:
        return None
    session.pop("pin")
    return pin

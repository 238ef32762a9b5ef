"""The receipt: the number, and what comes when; once something has happened, how far it is."""
from flask import render_template, session

from core.pages import public
from portal import case, presenters
from portal.blueprint import portal


@portal.get("/r/<token>")
@public
def receipt(token: str):
    """Say the number; to an anonymous person also the PIN, once. Whoever comes back later reads how far it is by now."""
    found = case.by_token(token)
    fresh = found.ticket is None or found.ticket.state == "received"
    return render_template("portal/receipt.html", case=found, pin=_pin_once(token), told=presenters.told(found), fresh=fresh,
                           page=None if fresh else presenters.headline(found), road=presenters.ahead(found) if fresh else presenters.steps(found))


def _pin_once(token: str) -> str | None:
    for_token, pin = session.get("pin", (None, None))
    if for_token != token:
        return None
    session.pop("pin")
    return pin

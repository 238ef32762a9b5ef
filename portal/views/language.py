"""The reader's language, chosen by a button."""
from urllib.parse import urlsplit

from flask import redirect, request, session

from core.i18n import LANGUAGES
from core.pages import public
from portal.blueprint import portal


@portal.post("/language")
@public
def language():
    """Keep the choice and go back to the page it was made on."""
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        session["lang"] = wanted
    return redirect(_inside(request.form.get("next", "")))


def _inside(address: str) -> str:
    # Browsers read a backslash as a slash, so "/\\example.com" would lead out of the house.
    parts = urlsplit(address)
    safe = address.startswith("/") and not address.startswith("//") and "\\" not in address and not parts.netloc
    return address if safe else "/"

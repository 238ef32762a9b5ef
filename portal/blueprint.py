"""The retailer's blueprint, and what all its pages get: the way to the other language."""
from flask import Blueprint, request, url_for

from core.i18n import LANGUAGES, language

portal = Blueprint("public", __name__)

# Pages that exist only as an answer to a form: the other language is offered on the page they belong to.
ONLY_SENT = {"public.add": "public.tracking", "public.rate": "public.tracking"}


@portal.after_request
def _keep_out_of_search_engines(response):
    # Whoever has the link has the case: it must not be found by searching.
    if "token" in (request.view_args or {}):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@portal.context_processor
def _language_switch() -> dict:
    other = next(code for code in LANGUAGES if code != language())
    endpoint = ONLY_SENT.get(request.endpoint, request.endpoint)
    here = url_for(endpoint, lang=other, **(request.view_args or {}))
    return {"lang_switch": (here, LANGUAGES[other]), "other_language": other}

"""The hidden key of a form: one key makes one case, however often the form is sent."""
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

PIN_DIGITS = 6
UNSAID = ("csrf_token", "form_key")


def new() -> str:
    """A fresh signed key, for a form that is shown empty."""
    return _signer().dumps(secrets.token_urlsafe(12))


def external_id(key: str | None) -> str | None:
    """Under which name the arrival of this form is stored; None if the key is not one of ours.

    The key itself is stored nowhere, because the PIN of an anonymous report can be worked out from it.
    """
    try:
        _signer().loads(key or "")
    except BadSignature:
        return None
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def words(fields: Mapping[str, str]) -> str:
    """A mark of everything that a form says, by which the same words are known again; nobody can read them from it."""
    told = json.dumps(sorted((name, value) for name, value in fields.items() if name not in UNSAID))
    return hmac.new(current_app.secret_key.encode(), b"words:" + told.encode(), hashlib.sha256).hexdigest()


def pin(key: str) -> str:
    """The PIN that belongs to a form: the same for a double submit, so the page that arrives last still shows it."""
    digest = hmac.new(current_app.secret_key.encode(), b"pin:" + key.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10 ** PIN_DIGITS:0{PIN_DIGITS}d}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="complaint form")

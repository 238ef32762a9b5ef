"""Addresses that leave the house: always from PUBLIC_BASE_URL, never from the request."""
from flask import current_app


def public(path: str) -> str:
    """The absolute public address of `path` (which starts with a slash)."""
    return current_app.config["PUBLIC_BASE_URL"].rstrip("/") + path

"""Who may use the simulator: programs and browsers of this machine, asked for by its own name, and nobody by way of a proxy."""
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, request

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via")
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def is_this_machine(address: str) -> bool:
    """Whether an http address names this machine and nothing else."""
    parts = urlsplit(address)
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def watch(app: Flask) -> None:
    """Refuse every request that did not come straight from this machine."""

    @app.before_request
    def straight():
        # A name that only leads here, or a proxy in front, would make this page somebody else's.
        if not (_is_loopback(request.remote_addr or "") and is_this_machine(request.host_url)) or any(name in request.headers for name in FORWARDED):
            abort(403)

    @app.after_request
    def closed(response):
        response.headers.update({"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"})
        return response


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

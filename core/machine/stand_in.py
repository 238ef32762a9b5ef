"""The simulator in place of a provider of numbers: when it runs, where, and what the other processes are told of it."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Mapping

from core.machine.web_address import Address

# Whoever names one of these runs in earnest, or has said himself where texts go.
IN_EARNEST = ("DATABASE_URL", "REDIS_URL", "PUBLIC_BASE_URL", "SMS_GATEWAY")
PREFIX = "TWILIO_"
NUMBER = "+12025550100"  # of the range kept for fiction, and still one that programs take for a number
TRIED = 20


def is_wanted(given: Mapping[str, str], web: Address) -> bool:
    """Whether the simulator is started: only where everything else is started here as well, for this machine."""
    return web.on_this_machine and not any(name in IN_EARNEST or name.startswith(PREFIX) for name in given)


def environment(web: Address, token: str) -> dict[str, str]:
    """The settings that make the simulator the provider; `token` is this installation's own."""
    return {
        "SMS_GATEWAY": "twilio", "TWILIO_ACCOUNT_SID": "AC" + hashlib.sha256(token.encode()).hexdigest()[:32], "TWILIO_AUTH_TOKEN": token,
        "TWILIO_SENDER": NUMBER, "TWILIO_NUMBER": NUMBER, "HOTLINE_NUMBER": NUMBER,
        "TWILIO_BASE_URL": f"http://127.0.0.1:{_free_port(web.port)}",
        "TWILIO_STATUS_CALLBACK": web.url + "/hooks/twilio/message-status/{reference}",
    }


def address(settings: Mapping[str, str]) -> str:
    """Where the simulator is that stands in for the provider of these settings; empty if it is another one, or none."""
    ours = settings.get("TWILIO_AUTH_TOKEN") and settings["TWILIO_AUTH_TOKEN"] == settings.get("SIMULATOR_TOKEN")
    return settings["TWILIO_BASE_URL"] if ours else ""


def _free_port(after: int) -> int:
    """The next port that is free: PORT + 1, unless another program has it."""
    return next((port for port in range(after + 1, min(after + TRIED, 65536)) if _is_free(port)), after - 1)


def _is_free(port: int) -> bool:
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True

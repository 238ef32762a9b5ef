"""Settings from the environment: every missing or wrong variable is named at once."""
import os
from collections.abc import Mapping
from pathlib import Path

from core.machine.installation import Installation
from gateways import http_mapping
from gateways.registry import faults as gateway_faults

ROOT = Path(__file__).parent


class BadConfig(SystemExit):
    """The environment is incomplete; the message lists every fault."""


REQUIRED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "STORAGE_URL")
OPTIONAL = {
    "PUBLIC_BASE_URL": "http://127.0.0.1:8000", "HOTLINE_NUMBER": "",
    "SMS_GATEWAY": "console", "SMS_ROUTES": "", "SMS_HTTP_MAPPING": "",
    "TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": "", "TWILIO_SENDER": "", "TWILIO_NUMBER": "", "TWILIO_STATUS_CALLBACK": "", "TWILIO_BASE_URL": "",
    "MAIL_URL": "", "MAIL_FROM": "redress@localhost", "MAIL_REPLY_TO": "",
    "DATA_DIR": str(ROOT / "var"), "TRUSTED_PROXIES": "0", "RATE_LIMITS": "on",
}


def load(environ: Mapping[str, str] = os.environ) -> dict:
    """The Flask configuration. Raises BadConfig naming every variable that is missing or wrong.

    Where DATA_DIR alone is set, the rest is what `make run` uses on that folder.
    """
    if environ.get("DATA_DIR") and not any(environ.get(key) for key in REQUIRED):
        environ = Installation.read(ROOT, environ).described()
    values = {key: environ.get(key) or default for key, default in OPTIONAL.items()}
    values |= {key: environ.get(key, "") for key in REQUIRED}
    faults = [f"{key} is not set" for key in REQUIRED if not values[key]] + _wrong(values) + _sms_faults(values, environ)
    if faults:
        raise BadConfig("configuration: " + "; ".join(faults))
    return _flask(values)


def _wrong(values: dict) -> list[str]:
    tests = (
        ("PUBLIC_BASE_URL must begin with http:// or https://", not values["PUBLIC_BASE_URL"].startswith(("http://", "https://"))),
        ("SECRET_KEY must have 32 characters or more", 0 < len(values["SECRET_KEY"]) < 32),
        ("TRUSTED_PROXIES must be a number", not values["TRUSTED_PROXIES"].isdigit()),
    )
    return [text for text, wrong in tests if wrong]


def _sms_faults(values: dict, environ: Mapping[str, str]) -> list[str]:
    """Reads the mapping of carriers, if one is named, into SMS_CARRIERS; says what is wrong with it and with the gateways that are asked for."""
    try:
        values["SMS_CARRIERS"] = http_mapping.read(values["SMS_HTTP_MAPPING"], environ) if values["SMS_HTTP_MAPPING"] else {}
    except http_mapping.BadMapping as error:
        return error.faults
    return gateway_faults(values)


def database_url(url: str) -> str:
    """The URL with our driver named, whatever the host's panel writes (postgres://, postgresql://)."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def _flask(values: dict) -> dict:
    secure = values["PUBLIC_BASE_URL"].startswith("https://")
    return values | {
        "SQLALCHEMY_DATABASE_URI": database_url(values["DATABASE_URL"]),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": True},  # sealed words must not reach a log
        "TRUSTED_PROXIES": int(values["TRUSTED_PROXIES"]),
        "TRANSLATIONS": str(ROOT / "translations"),
        "MAX_CONTENT_LENGTH": 40 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_HTTPONLY": True, "SESSION_COOKIE_SAMESITE": "Lax", "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_NAME": "redress", "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "BOOTSTRAP_SERVE_LOCAL": True, "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "RATELIMIT_ENABLED": values["RATE_LIMITS"] == "on",
    }

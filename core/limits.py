"""Rate limits, counted in Redis or Valkey for all processes together."""
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from core.queue import PATIENCE

# A silent Valkey must not keep complaints out: limits are then counted in each process.
limiter = Limiter(get_remote_address, in_memory_fallback_enabled=True, headers_enabled=False)


def init_app(app) -> None:
    """Connect the limiter to the application's Redis."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", _storage(app.config["REDIS_URL"]))
    app.config.setdefault("RATELIMIT_STORAGE_OPTIONS", PATIENCE)
    limiter.init_app(app)


def _storage(url: str) -> str:
    # The limits library writes a unix socket's scheme differently.
    return url.replace("unix://", "redis+unix://", 1)

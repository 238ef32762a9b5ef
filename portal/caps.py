"""How much one address or one number may send: generous to a shop that shares an address, firm with a flood."""
from limits import parse
from limits.errors import StorageError
from redis.exceptions import RedisError

from core import settings
from core.limits import limiter
from core.settings import Setting

settings.define(
    Setting("forms_per_address_hour", "int", 60, "portal", "Complaints by form: most from one address in an hour"),
    Setting("forms_per_phone_day", "int", 10, "portal", "Complaints by form: most from one phone number in a day"),
)
ADDITIONS = "30/hour"


def address_is_over(address: str) -> bool:
    """Count one form from this address; True if that was too many."""
    return _over(f"{settings.get('forms_per_address_hour')}/hour", "form-address", address)


def phone_is_over(number: str | None) -> bool:
    """Count one form with this E.164 number; True if that was too many."""
    return number is not None and _over(f"{settings.get('forms_per_phone_day')}/day", "form-phone", number)


def additions_are_over(case_no: str) -> bool:
    """Count one addition to this case; True if that was too many."""
    return _over(ADDITIONS, "addition", case_no)


def _over(limit: str, *key: str) -> bool:
    if not limiter.enabled:
        return False
    try:
        return not limiter.limiter.hit(parse(limit), *key)
    except (RedisError, StorageError):
        return False  # a silent Valkey must not keep complaints out

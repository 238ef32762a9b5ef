"""How much one address or one number may send: generous to a shop that shares an address, firm with a flood."""
from flask_babel import gettext as _
from limits import parse
from limits.errors import StorageError
from redis.exceptions import RedisError

from core import settings
from core.limits import limiter
from core.settings import Setting

settings.define(
    Setting("forms_per_address_hour", "int", 60, "portal", "Complaints by form: most from one address in an hour"),
    Setting("photos_per_address_hour", "int", 60, "portal", "Photos by form: most from one address in an hour"),
    Setting("forms_per_phone_day", "int", 10, "portal", "Complaints by form: most from one phone number in a day"),
)
ADDITIONS = "30/hour"


def refused_form(address: str, number: str | None) -> str | None:
    """Count one form from this address and E.164 number; what to say if that was too many."""
    if _over(f"{settings.get('forms_per_address_hour')}/hour", "form-address", address):
        return _("Very many matters have come from your connection in the last hour. Nothing is lost: please send again in a while, or call us.")
    if number and _over(f"{settings.get('forms_per_phone_day')}/day", "form-phone", number):
        return _("Very many matters have come from this phone number today. Nothing is lost: please send again tomorrow, or call us now.")
    return None


def refused_photos(address: str, number: int) -> str | None:
    """Count photos from this address, before they are stored; what to say if they are too many."""
    if number and _over(f"{settings.get('photos_per_address_hour')}/hour", "photo-address", address, cost=number):
        return _("Very many photos have come from your connection in the last hour. What you wrote is kept: please send it without "
                 "new photos, or try again in a while.")
    return None


def refused_addition(case_no: str) -> str | None:
    """Count one addition to this case; what to say if that was too many."""
    if _over(ADDITIONS, "addition", case_no):
        return _("Very much was added in the last hour. Nothing is lost: please send again in a while, or call us.")
    return None


def _over(limit: str, *key: str, cost: int = 1) -> bool:
    if not limiter.enabled:
        return False
    try:
        return not limiter.limiter.hit(parse(limit), *key, cost=cost)
    except (RedisError, StorageError):
        return False  # a silent Valkey must not keep complaints out

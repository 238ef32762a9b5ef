"""The PIN of an anonymous report: kept as a hash, compared in the same time whether there is one or not."""
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# A hash of no PIN at all: without it an answer that comes back at once would say "not anonymous".
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXRoaW5nc2FsdHk$NxWhTfrUzN1zYAx9TqIKO0Q0nGrSd0rTgVxq6hM4fNo"


def hashed(pin: str) -> str:
    """What is stored of a PIN (Argon2id)."""
    return _hasher.hash(pin)


def fits(pin: str, pin_hash: str | None) -> bool:
    """True if `pin` belongs to `pin_hash`; takes as long when there is no hash."""
    try:
        return _hasher.verify(pin_hash or _NOBODYS, pin) and pin_hash is not None
    except (VerificationError, InvalidHashError):
        return False

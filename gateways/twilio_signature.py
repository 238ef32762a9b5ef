"""Whether a request really comes from Twilio: its signature over our public address and the fields, in both of its algorithms (pure)."""
from collections.abc import Sequence

from twilio.request_validator import SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm

from gateways.knock import FORM, Knock


def refusal(knock: Knock, secrets: Sequence[str]) -> str | None:
    """None if one of `secrets` (auth tokens or shared keys) signed it, else why it is refused: unsigned, not_configured or wrong_signature."""
    signature = knock.headers.get(SIGNATURE_HEADER, "")
    if not any(secrets):
        return "not_configured"
    if not signature:
        return "unsigned"
    algorithm = get_signature_algorithm(knock.headers.get(SIGNATURE_SETTINGS_HEADER, ""))
    signed = any(_signed_with(secret, knock, signature, algorithm) for secret in secrets if secret)
    return None if signed else "wrong_signature"


def _signed_with(secret: str, knock: Knock, signature: str, algorithm: str) -> bool:
    content = knock.form if knock.content_type == FORM else knock.text
    try:
        return RequestValidator(secret).validate(knock.url, content, signature, algorithm)
    except (ValueError, TypeError):  # an address or header that the library cannot read
        return False

"""The proof of every door that Twilio knocks at."""
from flask import current_app

from gateways import twilio_signature
from gateways.knock import Knock
from gateways.twilio_client import secrets_of


def refusal(knock: Knock) -> str | None:
    """None if one of our secrets signed it, else why it is refused."""
    return twilio_signature.refusal(knock, secrets_of(current_app.config["TWILIO_AUTH_TOKEN"]))

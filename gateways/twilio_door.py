"""The proof of every door that Twilio knocks at."""
from flask import current_app

from gateways import twilio_signature
from gateways.knock import Knock


def refusal(knock: Knock) -> str | None:
    """None if one of our secrets signed it, else why it is refused. TWILIO_AUTH_TOKEN may hold several while one follows another."""
    return twilio_signature.refusal(knock, [s.strip() for s in current_app.config["TWILIO_AUTH_TOKEN"].split(",")])

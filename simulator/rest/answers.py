"""Errors in Twilio's words."""
from flask import jsonify

from simulator.reports import MESSAGES


def error(status: int, code: int, words: str = ""):
    """An error with its number; `words` are added to Twilio's own."""
    message = " ".join(part for part in (MESSAGES.get(code, "Error"), words) if part)
    return jsonify(code=code, message=message, more_info=f"https://www.twilio.com/docs/errors/{code}", status=status), status

"""What a broken HTTP connection means for the words that were on it."""
import requests
import urllib3

from gateways.base import GatewayDown, GatewayFailure, UnknownOutcome


def failure(error: requests.RequestException) -> GatewayFailure:
    """Broken before or after the request was out? Only what certainly never reached the other side may be tried again."""
    cause = error.args[0] if error.args else None
    unreached = isinstance(error, requests.ConnectionError) and not isinstance(cause, urllib3.exceptions.ProtocolError)
    unreached = unreached or isinstance(error, ValueError)  # an address or header that cannot even be sent
    return (GatewayDown if unreached else UnknownOutcome)("connection", type(error).__name__)

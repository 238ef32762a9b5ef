"""Several ways out for one channel: the beginning of a number decides which gateway serves it."""
from collections.abc import Mapping

from gateways.base import Gateway, Outgoing, Receipt

ANY = "*"


class BadRoutes(ValueError):
    """The routes cannot be read."""


def read(text: str, default: str) -> dict[str, str]:
    """{beginning of a number: name of a gateway} of "+86=yunxin,+1=twilio,*=twilio"; what no beginning fits goes by `default`. Raises BadRoutes."""
    routes = {ANY: default}
    for entry in filter(None, (entry.strip() for entry in text.split(","))):
        beginning, equals, name = (part.strip() for part in entry.partition("="))
        if not equals or not name or not (beginning == ANY or (beginning.startswith("+") and beginning[1:].isdigit())):
            raise BadRoutes(f"SMS_ROUTES: {entry!r} is not like +86=twilio")
        routes[beginning] = name
    return routes


def chosen(routes: Mapping[str, str], to: str) -> str:
    """The name of the gateway that serves a number: the longest beginning wins."""
    fitting = [beginning for beginning in routes if beginning != ANY and to.startswith(beginning)]
    return routes[max(fitting, key=len, default=ANY)]


class RoutedGateway:
    """Delegates. The receipt does not say who took the message, so whoever keeps that asks `serving` first."""

    name = "routed"

    def __init__(self, routes: Mapping[str, str], gateways: Mapping[str, Gateway]):
        self.routes, self.gateways = dict(routes), dict(gateways)

    def serving(self, to: str) -> Gateway:
        """The gateway of this number."""
        return self.gateways[chosen(self.routes, to)]

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the message to the gateway of its number. Raises a GatewayFailure."""
        return self.serving(outgoing.to).send(outgoing)


def serving(gateway: Gateway, to: str) -> Gateway:
    """The gateway that really sends to this address."""
    return gateway.serving(to) if isinstance(gateway, RoutedGateway) else gateway


def demanding(gateway: Gateway) -> list[str]:
    """The names of gateways behind this one that send registered words only."""
    behind = gateway.gateways.values() if isinstance(gateway, RoutedGateway) else [gateway]
    return sorted(one.name for one in behind if getattr(one, "demands_templates", False))

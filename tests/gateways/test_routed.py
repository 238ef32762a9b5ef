"""Which gateway serves a number."""
import pytest

from gateways import routed
from gateways.base import Outgoing
from gateways.recording import RecordingGateway
from gateways.routed import BadRoutes, RoutedGateway

ROUTES = "+86=yunxin, +861=other,+1=twilio,*=console"


@pytest.mark.parametrize(("to", "name"), [
    ("+8621555501", "yunxin"), ("+8613800001234", "other"), ("+12025550123", "twilio"), ("+4930555501", "console"), ("10690", "console"), ("", "console")])
def test_the_longest_beginning_wins(to, name):
    assert routed.chosen(routed.read(ROUTES, "twilio"), to) == name


def test_without_a_rest_everything_else_goes_the_usual_way():
    assert routed.read("+86=yunxin", "twilio") == {"*": "twilio", "+86": "yunxin"}
    assert routed.read("", "console") == {"*": "console"}


@pytest.mark.parametrize("text", ["+86", "86=a", "=a", "+86=", "+8x=a"])
def test_routes_that_cannot_be_read(text):
    with pytest.raises(BadRoutes, match="like"):
        routed.read(text, "console")


def test_it_delegates_and_says_who_serves():
    home, abroad = RecordingGateway(), RecordingGateway()
    gateway = RoutedGateway({"*": "abroad", "+86": "home"}, {"home": home, "abroad": abroad})
    gateway.send(Outgoing("sms", "+8613800001234", "x", "r"))
    assert (len(home.sent), len(abroad.sent)) == (1, 0)
    assert routed.serving(gateway, "+12025550123") is abroad
    assert routed.serving(home, "+12025550123") is home
    assert routed.demanding(gateway) == []

"""Which accounts at providers of numbers can be read, from the settings."""
from collections.abc import Mapping

from gateways.line import Line


def build(config: Mapping[str, str]) -> dict[str, Line]:
    """{name: line} of every account whose settings are there."""
    return {}

"""The page of the simulator: handsets, the staff's phone, how the provider behaves, and the log of the wire."""
from simulator.page.views import register

__all__ = ["register"]

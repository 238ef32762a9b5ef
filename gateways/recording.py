"""Tests: keeps what was sent, and fails on demand."""
from gateways.base import GatewayFailure, Outgoing, Receipt


class RecordingGateway:
    """`sent` is everything taken so far; each failure put into `failures` is raised once instead of taking a message."""

    name = "recording"

    def __init__(self):
        self.sent: list[Outgoing] = []
        self.failures: list[GatewayFailure] = []

    def send(self, outgoing: Outgoing) -> Receipt:
        """Keep the message, or raise the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(outgoing)
        return Receipt(f"recording-{len(self.sent)}-{outgoing.reference}", "sent")

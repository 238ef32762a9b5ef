"""The settings of the choice, and the lot by which a ticket may go to somebody who is learning."""
from dataclasses import fields
from hashlib import sha256

from sqlalchemy import case

from catalog.models import SEVERITIES
from core import settings
from core.settings import Setting
from routing.experience import Weights
from tickets.models import Ticket

GROUP, PREFIX = "routing", "routing_"
LOTS = 100.0

settings.define(
    Setting("routing_volume", "int", 25, GROUP, "Weight of the closed tickets in the category"),
    Setting("routing_lasting", "int", 20, GROUP, "Weight of the answers that lasted"),
    Setting("routing_satisfaction", "int", 20, GROUP, "Weight of the retailers' scores"),
    Setting("routing_review", "int", 20, GROUP, "Weight of the quality checks"),
    Setting("routing_certificate", "int", 10, GROUP, "Weight of the certificate's level"),
    Setting("routing_tenure", "int", 5, GROUP, "Weight of the time in the organisation"),
    Setting("routing_half_life", "int", 180, GROUP, "Days after which a closed ticket counts half"),
    Setting("routing_group", "float", 0.5, GROUP, "What a closed ticket of another category of the group counts (1: as much)"),
    Setting("routing_lasting_prior", "int", 10, GROUP, "Average answers that are added to everybody's own, so that few of them prove little"),
    Setting("routing_score_prior", "int", 10, GROUP, "Average scores that are added to everybody's own, so that few of them prove little"),
    Setting("routing_load", "float", 0.5, GROUP, "How much a full desk lowers the score (0: not at all, 1: to nothing)"),
    Setting("routing_continuity", "float", 0.05, GROUP, "What is added for whoever contented the same retailer last time"),
    Setting("routing_practice", "int", 10, GROUP, "Per cent of normal and simple tickets that go to people who are learning"),
    Setting("routing_used_to_it", "int", 20, GROUP, "Closed tickets with which the weight of the closed tickets reaches 63 per cent"),
    Setting("routing_long_here", "int", 36, GROUP, "Months after which more time in the organisation counts no more"),
    Setting("routing_load_s1", "float", 4.0, GROUP, "What a critical ticket weighs on a desk"),
    Setting("routing_load_s2", "float", 2.0, GROUP, "What an urgent ticket weighs on a desk"),
    Setting("routing_load_s3", "float", 1.0, GROUP, "What a normal ticket weighs on a desk"),
    Setting("routing_load_s4", "float", 0.5, GROUP, "What a simple ticket weighs on a desk"),
)


def weights() -> Weights:
    """The weights in force."""
    return Weights(**{field.name: settings.get(PREFIX + field.name) for field in fields(Weights)})


def load():
    """The SQL of what a ticket weighs on a desk."""
    present = weights()
    return case({severity: present.of(severity) for severity in SEVERITIES}, value=Ticket.severity, else_=present.of("S3"))


def lot(ticket: Ticket) -> float | None:
    """A number from 0 to 100 that belongs to the ticket for ever; None where nobody learns: only certain roles review there."""
    if ticket.sealed or ticket.leaf.access != "open":
        return None
    return lot_of(ticket.case_no)


def lot_of(case_no: str) -> float:
    """The same number for the same case, spread evenly over all: nobody can draw again until it suits him."""
    return round(LOTS * int.from_bytes(sha256(case_no.encode()).digest()[:8]) / 2 ** 64, 4)

"""What becomes of a text to a handset, chosen on its page: whether it arrives, and which delivery reports follow when (pure)."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Fate:
    """`reports` are (part of the chosen seconds, status, error number); `refused` is the error number of a send that is not taken."""

    arrives: bool
    reports: tuple[tuple[float, str, int | None], ...] = ()
    refused: int | None = None


SENT = (0.3, "sent", None)
FATES = {
    "delivered": Fate(True, (SENT, (1.0, "delivered", None))),
    "reversed": Fate(True, ((0.5, "delivered", None), (1.0, "sent", None))),
    "repeated": Fate(True, (SENT, SENT, (0.8, "delivered", None), (0.9, "delivered", None), (1.0, "delivered", None))),
    "none": Fate(True),
    "30003": Fate(False, (SENT, (1.0, "undelivered", 30003))),
    "30005": Fate(False, (SENT, (1.0, "undelivered", 30005))),
    "30006": Fate(False, (SENT, (1.0, "undelivered", 30006))),
    "30007": Fate(False, (SENT, (1.0, "undelivered", 30007))),
    "failed": Fate(False, ((1.0, "failed", 30008),)),
    "21610": Fate(False, refused=21610),
}
OPTED_OUT = FATES["21610"]
# Through a messaging service the provider takes the text first and refuses it afterwards, in a report.
REFUSED_LATER = Fate(False, ((1.0, "failed", 21610),))
MESSAGES = {
    20003: "Authenticate", 20404: "The requested resource was not found", 20500: "An internal server error has occurred",
    21211: "Invalid 'To' Phone Number", 21602: "Message body is required", 21606: "The 'From' phone number is not a valid, SMS-capable number",
    21610: "Attempt to send to unsubscribed recipient", 21617: "The concatenated message body exceeds the 1600 character limit",
    21701: "The Messaging Service does not exist", 30003: "Unreachable destination handset", 30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier", 30007: "Message filtered", 30008: "Unknown error",
}

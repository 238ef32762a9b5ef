"""The manager's rule (pure): what must hold before an answered ticket is closed without anybody looking, and by which of two ways."""
from collections.abc import Mapping

LIGHT = ("S3", "S4")
NOTICES = ("survey", "survey_reminder")  # purposes of the messages that ask whether it is solved, each sent once a round
ARRIVED = ("sent", "delivered")  # what a gateway took over; from a mailbox nobody hears more

# Facts that must all hold, by the way in which a ticket may be closed; the first way that fits counts (DOMAIN 3.2).
ALWAYS = ("light", "proposed", "unflagged")
WAYS = {
    "accepted": (*ALWAYS, "accepted"),
    "silent": (*ALWAYS, "unrated", "noticed_twice", "silent_since"),
}
FACTS = tuple(dict.fromkeys(fact for needs in WAYS.values() for fact in needs))


def way(facts: Mapping[str, bool]) -> str | None:
    """The way of WAYS by which a ticket with these FACTS may be closed; None if a person must decide. KeyError for a fact left out."""
    return next((name for name, needs in WAYS.items() if all([facts[fact] for fact in needs])), None)

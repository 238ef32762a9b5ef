"""How the ends of a case are said to a shop owner; the words of each state stand in tickets.plain."""
from flask_babel import lazy_gettext as _l

ENDINGS = {
    "closed": _l("Settled"),
    "merged": _l("Joined with your other case"),
    "declined": _l("We could not settle this one"),
    "transferred": _l("Passed on to another office"),
    "withdrawn": _l("You took this back"),
}

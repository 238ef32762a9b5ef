"""The words of the call desk for codes of calls: where one is, how it ended, what it was filed as."""
from flask_babel import lazy_gettext as _l

OUTCOMES = {"answered": _l("Spoken with"), "message": _l("Left a message"), "callback": _l("To be called back"),
            "self_served": _l("Served by the menu"), "missed": _l("Not answered"), "abandoned": _l("Hung up while waiting")}
STATES = {"menu": _l("In the voice menu"), "waiting": _l("Waiting"), "talking": _l("Talking"),
          "message": _l("Leaving a message"), "ended": _l("Ended")}
FILED = {"ticket": _l("New ticket"), "linked": _l("Added to a ticket"), "noise": _l("Noise"), "nothing": _l("Nothing to file")}

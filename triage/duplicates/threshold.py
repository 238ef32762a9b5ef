"""From which score on two contacts are proposed as one matter."""
from flask_babel import lazy_gettext as _l

from core.settings import Setting, define

THRESHOLD = Setting("duplicate_score", "float", 0.35, "triage", _l("Propose two contacts as the same matter from this score on (0 to 1)"))
REPEAT_DAYS = Setting("repeat_days", "int", 30, "triage", _l("A closed matter of the same kind counts as told again within this many days"))
define(THRESHOLD, REPEAT_DAYS)

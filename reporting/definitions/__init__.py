"""Every figure, defined once: tables, series, links to tickets and files are all made from this list."""
from reporting.definitions.counts import COUNTS
from reporting.definitions.returns import RETURNED
from reporting.definitions.times import TIMES
from reporting.definitions.voices import VOICES

DEFINITIONS = (*COUNTS, *RETURNED, *TIMES, *VOICES)
BY_KEY = {definition.key: definition for definition in DEFINITIONS}

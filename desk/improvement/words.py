"""The words of improvement items: states, verdicts and their reasons, rules of the charts, kinds of action."""
from flask_babel import lazy_gettext as _l

# Word, icon, and family of the chip as in ui.state.
STATES = {
    "candidate": (_l("Candidate"), "graph-up-arrow", ""), "proposed": (_l("Proposed"), "pencil", ""), "approved": (_l("Taken on"), "check2", ""),
    "in_action": (_l("In action"), "tools", ""), "waiting": (_l("Under watch"), "hourglass-split", "wait"),
    "verdict": (_l("Verdict to confirm"), "clipboard-check", "wait"), "standardised": (_l("Standardised"), "check2-circle", "done"),
    "reopened": (_l("Opened again"), "arrow-repeat", ""), "rejected": (_l("Rejected"), "slash-circle", "end"),
}
# The road as it is drawn on the sheet: state and the name of the station.
ROAD = (("candidate", _l("Candidate")), ("proposed", _l("Proposed")), ("approved", _l("Taken on")), ("in_action", _l("In action")),
        ("waiting", _l("Watch")), ("verdict", _l("Verdict")), ("standardised", _l("Standardised")))

# Word, icon, and css of the verdict at the head of the sheet.
RESULTS = {
    "effective": (_l("Effective"), "check2-circle", ""), "partly": (_l("Partly effective"), "check2", "is-unsure"),
    "not_effective": (_l("Not effective"), "x-circle", "is-not"), "inconclusive": (_l("Inconclusive"), "question-circle", "is-unsure"),
}
# The verdict in the title of the sheet.
TITLES = {"effective": _l("%(title)s: it helped"), "partly": _l("%(title)s: it helped in part"),
          "not_effective": _l("%(title)s: it did not help"), "inconclusive": _l("%(title)s: nothing can be said yet")}
REASONS = {
    "few_before": _l("Fewer than ten complaints before the action: they say nothing about a fall."),
    "few_others": _l("Fewer than ten complaints in the comparison areas: they cannot tell what would have happened anyway."),
    "fell_enough": _l("The rate fell at least as far as was agreed, and chance does not explain it."),
    "fell_too_little": _l("The rate fell, and chance does not explain it, but not as far as was agreed."),
    "missed": _l("The rate did not fall as far as was agreed: even the lower end of the interval is above it."),
    "too_wide": _l("The interval is so wide that the rate may have fallen far enough, or not at all."),
    "no_weeks": _l("Between the last action and the check date lay no whole week."),
}
RULES = {"outside": _l("above three sigma"), "two_of_three": _l("two of three weeks above two sigma"),
         "one_side": _l("eight weeks in a row above the mean"), "trend": _l("six weeks rising in a row")}
RARE_RULES = {"outside": _l("shorter than three sigma allow"), "two_of_three": _l("two of three gaps beyond two sigma"),
              "one_side": _l("eight gaps in a row shorter than the mean"), "trend": _l("six gaps in a row, each shorter than the one before")}
KINDS = {"rule": _l("Rule"), "system": _l("IT system"), "supply": _l("Supply"), "notice": _l("Notice"), "training": _l("Training"),
         "staffing": _l("Staffing"), "supervision": _l("Supervision"), "template": _l("Standard answer")}
PERIODS = {
    "baseline": _l("Complaints of the ordinary weeks"), "signal": _l("Complaints of the weeks that brought it here"),
    "before": _l("Complaints before the action"), "after": _l("Complaints after the action"),
    "others_before": _l("Comparison areas, before the action"), "others_after": _l("Comparison areas, after the action"),
}

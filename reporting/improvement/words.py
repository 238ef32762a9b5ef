"""What a refused step of an improvement item says to the person who tried it."""
from flask_babel import lazy_gettext as _l

REFUSALS = {
    "wrong_state": _l("Something has changed here in the meantime. Nothing was done; please look again."),
    "not_allowed": _l("You are not the one who may do this here."),
    "titled": _l("Say in one sentence what the problem is."),
    "owned": _l("Say who is responsible."),
    "caused": _l("Say which cause lies behind it."),
    "asked_why": _l("Ask why until you reach something that can be changed, one step a line."),
    "measurable": _l("Say how far the rate must fall, in per cent of the rate before."),
    "check_leaves_weeks": _l("The check date must leave at least four weeks to watch."),
    "planned": _l("First plan at least one action."),
    "all_done": _l("Some actions are not done yet."),
    "check_date_over": _l("The check date has not passed yet."),
    "helped": _l("The computed verdict does not say that it helped. Open a new round."),
    "lesson": _l("Say what becomes the rule and what was learnt."),
    "reason": _l("Please give a reason."),
    "not_its_owner": _l("The verdict is confirmed by somebody whose work it was not."),
    "not_yet_done": _l("An action cannot have been done in the future."),
    "due_after_check": _l("An action must be done before the check date."),
    "done_already": _l("This action is done already."),
}

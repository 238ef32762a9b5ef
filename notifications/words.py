"""What a notice says to a member of staff, by its kind. Nothing of the matter itself: the words may lie open on a phone."""
from flask_babel import lazy_gettext as _l

NOTICES = {
    "assigned": _l("You have a new ticket"),
    "copied": _l("For compliance, a copy: a ticket of a category of which you hear"),
    "stood_aside": _l("A ticket was taken from your desk. You need not do anything"),
    "nobody_fits": _l("No handler could be found for this ticket"),
    "continued": _l("The retailer has added something"),
    "unanswered": _l("The retailer did not answer; go on with what is known"),
    "submitted": _l("An answer waits for your review"),
    "sent_back": _l("Your answer was sent back"),
    "redone": _l("This ticket must be handled again"),
    "due_soon": _l("This ticket is due soon"),
    "breached": _l("The time allowed for this ticket is over"),
    "promise_soon": _l("A promise to the retailer is due within a day"),
    "promise_over": _l("A promise to the retailer is over its day: say whether it was kept"),
    "raised_1": _l("This ticket needs you: it was raised to level 1"),
    "raised_2": _l("This ticket needs you: it was raised to level 2"),
    "raised_3": _l("This ticket needs you: it was raised to level 3"),
    "supervised": _l("A manager demands something on this ticket"),
    "demand_answered": _l("Your demand has its answer"),
    "urged": _l("The retailer is chasing"),
    "extension_asked": _l("More time is asked for"),
    "extension_decided": _l("It was decided about more time"),
    "plan_missing": _l("The plan of next year's holidays and make-up days is missing"),
    "hot": _l("Complaints rise unusually"),
    "s1": _l("A critical ticket needs somebody now"),
}

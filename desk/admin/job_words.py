"""What people call the background jobs and their queues."""
from flask_babel import lazy_gettext as _l

JOB_WORDS = {
    "advance": _l("Make a ticket of an arrival"), "acknowledge": _l("Acknowledge a new ticket"), "route": _l("Find a handler"),
    "deliver": _l("Bring words on their way"), "transmit": _l("Hand a message to its carrier"),
    "transmit_mass": _l("Hand one of many messages to its carrier"), "tell_closed": _l("Send the closing words"),
    "tell_assigned": _l("Tell the handler of a new ticket"), "tell_copied": _l("Tell compliance of a matter of which it has a copy"), "tell_stood_aside": _l("Tell a handler that a ticket was taken from him"), "tell_nobody_fits": _l("Tell the managers that nobody fits"),
    "tell_continued": _l("Tell the handler of an addition"), "tell_submitted": _l("Tell the reviewers of an answer"),
    "tell_sent_back": _l("Tell the author that an answer came back"), "tell_redone": _l("Tell the handler that it begins again"),
    "tell_unanswered": _l("Tell the handler that nobody replied"), "tell_clock": _l("Warn of a clock"),
    "tell_promise": _l("Warn of a promise"), "watch_promises": _l("Watch the promises"),
    "open_survey": _l("Prepare a survey"), "send_survey": _l("Send a survey"), "remind_survey": _l("Remind of a survey"),
    "remind": _l("Remind of a question"), "stop_asking": _l("Go on without a reply"), "close_by_rule": _l("Close a ticket by the rule"),
    "fetch_media": _l("Fetch a picture of a text"), "sweep_media": _l("Look for pictures not fetched yet"),
    "send_password_link": _l("Send a link to set a password"),
    "sweep_intake": _l("Look for arrivals without a ticket"), "sweep_routing": _l("Look for tickets without a handler"),
    "understand": _l("Understand a new ticket"), "sweep_triage": _l("Look for new tickets not understood yet"),
    "compare": _l("Look for the same matter among a retailer's tickets"), "sweep_comparisons": _l("Look for tickets not compared yet"),
    "learn_triage": _l("Learn from what people decided"), "relearn_triage": _l("Learn now"),
    "sweep_messages": _l("Look for messages not sent"), "sweep_followups": _l("Look for notices not given"),
    "sweep_letters": _l("Look for password letters not sent"), "sweep_unsigned": _l("Look for tickets not signed for"),
    "cover_leave": _l("Give to others what cannot wait for somebody away"), "sweep_leave": _l("Look for tickets of people who are away"), "sweep_uploads": _l("Remove photos of forms never sent"),
    "sweep_noise": _l("Remove the words of old noise"), "send_surveys": _l("Look for surveys that are due"),
    "watch_clocks": _l("Watch the clocks"), "watch_questions": _l("Watch the open questions"),
    "watch_closing": _l("Look for tickets that the rule closes"), "extend_calendar": _l("Bring in next year's holidays"),
    "watch_trends": _l("Look at the charts of the week"), "judge_improvements": _l("Look for improvement items to judge"),
    "forget_noise_calls": _l("Remove old calls that were noise"),
    "judge_improvement": _l("Judge an improvement item"),
    "reconcile": _l("Compare with the provider's account"), "sweep_quarantine": _l("Forget old refused requests"),
    "close_call": _l("Draw the consequences of a call"), "sweep_calls": _l("Look for calls of which nothing was made"),
    "fetch_recording": _l("Fetch a recording"), "sweep_recordings": _l("Look for recordings not fetched yet"),
    "watch_hot": _l("Look for complaints that rise"), "watch_arrival": _l("Does the category of a new ticket rise?"),
    "tell_hot": _l("Tell of a hot issue"), "tend_parent": _l("Tell the children of a parent"), "watch_parents": _l("Look at the parents that run"),
    "remove_recordings": _l("Remove old recordings"),
    "watch_escalations": _l("Raise what is far over its time"), "tell_raised": _l("Tell those above of a raised ticket"),
    "tell_supervised": _l("Tell the handler of a demand"), "tell_demand_answered": _l("Tell the manager of an answered demand"),
    "tell_urged": _l("Tell the handler that the retailer is chasing"), "tell_extension_asked": _l("Tell the managers that more time is asked for"),
    "tell_extension_decided": _l("Tell the handler what was decided about more time"), "tell_plan_missing": _l("Tell the administrators of a missing plan of holidays"),
}
QUEUE_WORDS = {"urgent": _l("Urgent jobs"), "default": _l("Ordinary jobs"), "many": _l("Messages to many"), "slow": _l("Slow jobs")}


def job_name(code: str):
    """The words of a job; its code if it is older than these words."""
    return JOB_WORDS.get(code, code)

"""The words of the desk for codes that are not in the catalogue: states, channels, clocks, roles, reasons."""
from flask_babel import lazy_gettext as _l

STATES = {
    "received": _l("Received"), "needs_info": _l("Needs information"), "dispatched": _l("To sign for"), "in_progress": _l("In progress"),
    "in_review": _l("In review"), "answered": _l("Answered"), "closed": _l("Closed"), "merged": _l("Merged"), "declined": _l("Declined"),
    "transferred": _l("Transferred"), "withdrawn": _l("Withdrawn"),
}
SEVERITIES = {"S1": _l("Critical"), "S2": _l("Urgent"), "S3": _l("Normal"), "S4": _l("Simple")}
TYPES = {"complaint": _l("Complaint"), "report": _l("Report"), "request": _l("Request"), "enquiry": _l("Enquiry"), "suggestion": _l("Suggestion"),
         "praise": _l("Praise")}
CHANNELS = {"web": _l("Web form"), "sms": _l("SMS"), "phone": _l("Telephone"), "visit": _l("Visit"), "counter": _l("Counter"), "email": _l("E-mail"),
            "file": _l("Imported"), "page": _l("Tracking page")}
CLOCKS = {"ack": _l("Acknowledge"), "demand": _l("Demand"), "triage": _l("Triage"), "sign": _l("Sign for"), "contact": _l("First contact"), "update": _l("Progress"), "resolve": _l("Resolve"),
          "callback": _l("Call back"), "info": _l("Reply"), "pass_on": _l("Pass on"), "fast": _l("Fast lane")}
ROLES = {"hotline": _l("Hotline agent"), "handler": _l("Handler"), "manager": _l("Manager"), "qa": _l("Quality inspector"),
         "compliance": _l("Compliance"), "liaison": _l("Enforcement liaison"), "admin": _l("Administrator")}
SERVICE_CLASSES = {"key": _l("Key service"), "ordinary": _l("Standard service"), "basic": _l("Basic service"), "support_needs": _l("Special care")}
# What the sales system says of a shop; other words of it are shown as they came.
VALUE_CLASSES = {"key": _l("Key customer"), "ordinary": _l("Ordinary customer"), "special": _l("Special customer")}
DELIVERY = {"none": None, "page": (_l("On the tracking page"), "is-ok"), "queued": (_l("Waiting to be sent"), "is-wait"),
            "sending": (_l("Being sent"), "is-wait"), "sent": (_l("Sent"), "is-ok"), "delivered": (_l("Delivered"), "is-ok"),
            "failed": (_l("Not delivered"), "is-bad"), "unknown": (_l("Not known whether it arrived"), "is-bad")}

# Why a message waits or was not delivered: our own codes and gateways.base.REASONS; other reasons are the words of a gateway.
DELIVERY_NOTES = {
    "interrupted": _l("broken off while it was being sent"), "restored": _l("it waited in a copy that was restored"),
    "opted_out": _l("this number or address wants no messages"),
    "overtaken": _l("not sent: it was no longer so when its time came"),
    "quiet": _l("it goes out in the morning"), "cap": _l("this number has had as many text messages today as one may get"),
    "repeated": _l("the same words went to this number three times within a day; carriers refuse more"),
    "bad_number": _l("nobody can be written to at this number or address"), "unknown_number": _l("this number does not exist"),
    "landline": _l("this number takes no text messages; it may be a land line"),
    "out_of_reach": _l("the telephone was switched off or out of reach"), "blocked": _l("the carrier blocks this number"),
    "filtered": _l("the carrier took these words for spam"), "not_registered": _l("our sender is not registered with the carrier"),
    "no_permission": _l("we may not write to this country or network"), "too_long": _l("the words are too long for a text message"),
    "busy": _l("the carrier has too much to do"), "gateway_down": _l("the service that sends our messages does not answer or refuses us"),
    "no_template": _l("the carrier sends registered words only, and these are not registered or were changed"),
}

# Why routing passed somebody over: codes of routing.choose.judge and routing.queries.conflicts.
PASSED_OVER = {
    "inactive": _l("has left"), "not_a_handler": _l("does not handle tickets"), "on_leave": _l("is away until the time to sign is over"),
    "no_certificate": _l("has no certificate for this category"), "level_too_low": _l("the certificate level is too low for this severity"),
    "full": _l("has as much work as one can have"), "over_cap": _l("would have more work than planned"),
    "other_language": _l("works in the other language"), "named": _l("is named in the complaint"),
    "near_the_named": _l("works beside somebody who is named"), "serves_this_shop": _l("serves this shop"), "spoken_of": _l("serves this shop in the role that is spoken of"),
    "handled_before": _l("has handled this ticket before"), "entered_it": _l("entered this complaint"),
    "in_line": _l("is above or below somebody who is named"), "served_lately": _l("served this shop not long ago"),
    "took_decision": _l("took the decision that is disputed"), "stood_aside": _l("gave it back because he must stand aside"),
    "handled_complained": _l("handled an earlier complaint of the same retailer"),
    "declared": _l("declared a tie to this shop or to somebody named"), "not_cleared": _l("may not see tickets of this kind"),
    "not_on_call": _l("is not on call now"), "other_area": _l("knows other areas"),
}
ROUTED = {"handler": _l("Given to %(name)s"), "queue": _l("Nobody is free now: it waits in the team's queue"),
          "manager": _l("Nobody in the team can take it: the manager decides"), "managers_turn": _l("The manager says finally who has it"), "claimed": _l("%(name)s took it from the queue"),
          "named": _l("%(by)s gave it to %(name)s"), "finally": _l("Assigned finally to %(name)s by %(by)s")}

# By which way of tickets.closing_rule a ticket was closed without a person.
CLOSED_BY_RULE = {"accepted": _l("the retailer says that it is solved"), "silent": _l("no word after two notices")}
# What was not asked of the chosen any more, because nobody would have been left.
RELAXED = {"other_language": _l("Nobody who works in the retailer's language could take it, so the language was not asked of anybody: an interpreter may be needed."),
           "other_area": _l("Nobody who knows the area could take it, so the area was not asked of anybody."),
           "over_cap": _l("Nobody was left with room on the desk: the limit of work was exceeded.")}
# What held when a handler was looked for: routing.choose.Basis.
CIRCUMSTANCES = {"night": _l("It was outside working hours: a critical ticket goes to whoever is on call, or else to the managers."),
                 "managers_turn": _l("It was returned twice or handled three times: the manager alone says who has it.")}
# The parts of the score: routing.experience.Parts, in short and as what somebody is ahead by.
PARTS = {"volume": _l("Closed here"), "lasting": _l("Lasted"), "satisfaction": _l("Scores"), "review": _l("Checks"),
         "certificate": _l("Certificate"), "tenure": _l("Time here")}
AHEAD_BY = {"volume": _l("more closed tickets in this category"), "lasting": _l("answers that lasted"), "satisfaction": _l("the retailers' scores"),
            "review": _l("the quality checks"), "certificate": _l("the level of the certificate"), "tenure": _l("more time here"),
            "load": _l("less work in hand"), "continuity": _l("having contented this retailer last time")}
# Codes of routing.why.reason that are no part.
WHY = {"only": _l("Nobody else could take it."), "sum": _l("Ahead of %(other)s in the sum of all parts."),
       "equal": _l("Level with %(other)s; it goes to whoever has had nothing for longer."),
       "stand_in": _l("Stands in for the colleague who is away."),
       "practice": _l("It is for practice: some easy tickets go to people who are learning, while an experienced colleague reviews the answer.")}

# Why a ticket was raised to a level: a clock that is over (a code of CLOCKS), or one of these.
RAISED = {"redo": _l("handled again"), "urged": _l("the retailer chases again and again"), "repeat": _l("the same matter came again"),
          "merged": _l("a double of it stood at this level")}

# Lines of the thread that tell what happened: codes of tickets.services.conversation.system.
HAPPENED = {"accepted": _l("The retailer says that the matter is solved."),
            "handler_left": _l("The handler has left; somebody else takes over."),
            "handler_away": _l("The handler is away; somebody else takes over."),
            "must_stand_aside": _l("The handler took the decision that is disputed; somebody else takes over."),
            "handler_away_due": _l("The handler is away while this falls due; somebody else takes over. The due time stays."),
            "continues": _l("The words came after case %(case)s had ended; this ticket continues it."),
            "continued": _l("More words came after this case had ended; case %(case)s goes on with them."),
            "split_off": _l("Something else was told here as well; it has a ticket of its own."),
            "opted_out": _l("Text messages to this number were stopped; the retailer is reached by phone from now on."),
            "asked_progress": _l("The retailer asked by text how far it is, and was told."),
            "asked_withdrawal": _l("The retailer wants to withdraw it, and was asked to confirm that."),
            "picture_refused": _l("A picture came with the text that could not be had, or was none. Ask the retailer to send it again."),
            "not_signed": _l("The handler did not sign for it in time; somebody else takes over."),
            "called_in_vain": _l("Somebody called the retailer and reached nobody."),
            "unreached": _l("He was called back at different times and never reached. No more calls are waited for; it does not count as contentment."),
            "not_answered": _l("The question was not answered in time. The work goes on with what is known.")}

CALL_NOTES = {"better_score": _l("The retailer gave a better score; nobody need call."),
              "arrived": _l("The message arrived after all; nobody need call."),
              "call_answered": _l("A colleague spoke with him after all; nobody need call.")}
CALL_REASONS = {"undelivered": _l("A message could not be delivered"), "low_score": _l("The retailer is not content"),
                "opted_out": _l("Wants no text messages any more: tell him by phone how far it is"),
                "perhaps_withdrawn": _l("Sent a single word that stops all messages: ask whether he meant to withdraw the case"),
                "rated_but": _l("Gave a good score and says that something is wrong"),
                "missed_call": _l("The retailer called and nobody could take it"), "abandoned_call": _l("The retailer called and hung up while waiting"),
                "callback_wanted": _l("The retailer asked to be called back"), "promised_call": _l("A call back was promised")}
# How we know that a number or address wants no messages: codes of retailers.services.opt_out.
OPT_OUT_SOURCES = {"sms": _l("asked for by text message"), "sms_word": _l("a word that stops messages, sent by text message"),
                   "provider": _l("told by the carrier, which refused a message"), "desk": _l("entered here"),
                   "call": _l("said so on the telephone")}
BLOCKED_AT_CARRIER = ("sms_word", "provider")
CALL_RESULTS = {"reached": _l("Reached"), "unreached": _l("Not reached"), "not_needed": _l("No call needed any more")}

"""The data path on one page: which event starts which job.

    a form, a call, a text, a file           intake.services.store      keeps the raw words, promises a case number
      PictureAnnounced  -> fetch_media       hotline.texts.jobs         a text's picture, from the provider and from nobody else
      IntakeStored      -> advance           intake.jobs                a ticket, or one more message in an open one; a text waits
                                                                        a moment for its other pieces
      TicketOpened      -> understand        triage.jobs                what it is; dispatched unseen where that is sure
                        -> compare           triage.duplicates.jobs     told twice? told before? Again with more words, and with its category
                        -> acknowledge       notifications.jobs         "we have it, this is your number"
                        -> watch_arrival     reporting.hot.jobs         does its category rise against its own rhythm?
    words name somebody of the staff         tickets.services.naming    kept from him, his line and his team from here on
      HandlerStoodAside -> tell_stood_aside  notifications.jobs         who had it hears that it is gone, and not why
    doubtful words of a call are confirmed   hotline.transcripts.services
      TranscriptConfirmed -> understand      triage.jobs                the corrected words are read again
    the hotline decides about the others     tickets.services.triaging
      TicketDispatched  -> route             routing.jobs               the handler, with the reasons kept
      TicketCopied      -> tell_copied       notifications.jobs         compliance hears of what it has a copy of
      TicketAssigned    -> tell_assigned     notifications.jobs         the handler hears of it
    the handler signs, asks, answers         tickets.services.handling
      QuestionUnanswered -> tell_unanswered  notifications.jobs         the handler hears that he goes on without a reply
      MessageWritten    -> deliver           notifications.jobs         words go out, at most once
      TicketAnswered    -> open_survey       satisfaction.jobs          "was it solved?"
    the retailer accepts, rates, rejects     satisfaction.services, tickets.services.closing
    a call ends                              hotline.calls
      CallEnded         -> close_call        hotline.calls.jobs         a contact for what was said, a call task for whom nobody reached
      RecordingAnnounced -> fetch_recording  hotline.calls.jobs         its bytes come into our storage
    the manager closes, or his rule          tickets.services.closing, satisfaction.closable
      TicketClosed      -> tell_closed       notifications.jobs         the short closing message

Beside the road: watch_clocks marks what is over its time (ClockFired -> tell_clock, the handler), watch_escalations raises what stays so
(TicketEscalated -> tell_raised, those above); a manager demands (TicketSupervised -> tell_supervised, DemandAnswered -> tell_demand_answered);
the retailer is chasing (TicketUrged -> tell_urged); more time is asked for and decided (ExtensionAsked, ExtensionDecided); the year's plan
of holidays is missing (CalendarPlanMissing -> tell_plan_missing, the administrators).

Beside it too: MessagePrepared -> transmit (notifications.jobs), a short answer to a number; PasswordLinkWanted -> send_password_link (accounts.jobs), the letter to a member of staff;
LeaveEntered -> cover_leave (routing.jobs), what cannot wait for somebody away goes to others.

Many at once: HotIssueOpened -> tell_hot (reporting.hot.jobs), the hotline and the managers hear of a rise; ParentChanged -> tend_parent
(tickets.jobs), what fits a common cause is attached, and each retailer concerned gets its notice and its answer.

And from the sum of it all: watch_trends makes candidates of what rose, judge_improvement computes verdicts (reporting.improvement.jobs).

Every arrow may be lost: schedule.py has a sweep for each stage that finds what waits in the database.
"""
from accounts.events import PasswordLinkWanted
from catalog.events import CalendarPlanMissing, LeaveEntered
from hotline.calls.events import CallEnded, RecordingAnnounced
from hotline.events import PictureAnnounced
from hotline.transcripts.events import TranscriptConfirmed
from intake.events import IntakeStored
from notifications.events import MessagePrepared
from reporting.hot.events import HotIssueOpened
from routing.events import NobodyFits
from tickets.events import (
    ClockFired,
    DemandAnswered,
    ExtensionAsked,
    ExtensionDecided,
    HandlerStoodAside,
    MessageWritten,
    ParentChanged,
    QuestionUnanswered,
    TicketAnswered,
    TicketAssigned,
    TicketClosed,
    TicketContinued,
    TicketCopied,
    TicketDispatched,
    TicketEscalated,
    TicketOpened,
    TicketRedone,
    TicketSentBack,
    TicketSubmitted,
    TicketSupervised,
    TicketUrged,
)

PIPELINE: dict[type, tuple[str, ...]] = {
    IntakeStored: ("advance",),
    PictureAnnounced: ("fetch_media",),
    TicketOpened: ("understand", "compare", "acknowledge", "watch_arrival"),
    TranscriptConfirmed: ("understand", "compare"),
    TicketDispatched: ("route", "compare"),
    TicketCopied: ("tell_copied",),
    TicketAssigned: ("tell_assigned",),
    HandlerStoodAside: ("tell_stood_aside",),
    NobodyFits: ("tell_nobody_fits",),
    TicketContinued: ("tell_continued", "compare"),
    QuestionUnanswered: ("tell_unanswered",),
    TicketSubmitted: ("tell_submitted",),
    TicketSentBack: ("tell_sent_back",),
    TicketAnswered: ("open_survey",),
    TicketRedone: ("tell_redone",),
    TicketClosed: ("tell_closed",),
    MessageWritten: ("deliver",),
    MessagePrepared: ("transmit",),
    ClockFired: ("tell_clock",),
    CallEnded: ("close_call",),
    RecordingAnnounced: ("fetch_recording",),
    TicketEscalated: ("tell_raised",),
    TicketSupervised: ("tell_supervised",),
    DemandAnswered: ("tell_demand_answered",),
    TicketUrged: ("tell_urged",),
    ExtensionAsked: ("tell_extension_asked",),
    ExtensionDecided: ("tell_extension_decided",),
    CalendarPlanMissing: ("tell_plan_missing",),
    HotIssueOpened: ("tell_hot",),
    ParentChanged: ("tend_parent",),
    PasswordLinkWanted: ("send_password_link",),
    LeaveEntered: ("cover_leave",),
}

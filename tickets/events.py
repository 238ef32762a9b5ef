"""What can happen to a ticket, for others to react to. Every event carries ids only."""
from dataclasses import dataclass


@dataclass(frozen=True)
class TicketOpened:
    """A ticket was made from a submission."""

    ticket_id: int


@dataclass(frozen=True)
class TicketDispatched:
    """A ticket needs a handler (first dispatch, re-route, hand-over, a later redo)."""

    ticket_id: int


@dataclass(frozen=True)
class TicketCopied:
    """A ticket was dispatched of which compliance has a copy."""

    ticket_id: int


@dataclass(frozen=True)
class TicketAssigned:
    """A handler was chosen."""

    ticket_id: int


@dataclass(frozen=True)
class HandlerStoodAside:
    """The matter names its handler, or somebody near him: it was taken from him."""

    ticket_id: int


@dataclass(frozen=True)
class TicketSentBack:
    """A reviewer sent an answer back to its author."""

    ticket_id: int


@dataclass(frozen=True)
class TicketSubmitted:
    """An answer waits for review."""

    ticket_id: int


@dataclass(frozen=True)
class TicketAnswered:
    """An answer was given; the retailer is asked what he thinks of it."""

    ticket_id: int


@dataclass(frozen=True)
class TicketRedone:
    """The handling begins again."""

    ticket_id: int


@dataclass(frozen=True)
class TicketClosed:
    """A manager closed it, or his rule did."""

    ticket_id: int


@dataclass(frozen=True)
class TicketContinued:
    """The retailer added something to an open ticket."""

    ticket_id: int


@dataclass(frozen=True)
class QuestionUnanswered:
    """The retailer did not answer in time; the work goes on without him."""

    ticket_id: int


@dataclass(frozen=True)
class MessageWritten:
    """Words for the retailer stand in the thread and must go out."""

    message_id: int


@dataclass(frozen=True)
class ParentChanged:
    """A parent has new children, a notice to give, or an answer for all."""

    parent_id: int


@dataclass(frozen=True)
class ClockFired:
    """A clock reached 70 or 90 per cent, or its end."""

    clock_id: int
    level: int


@dataclass(frozen=True)
class TicketEscalated:
    """A ticket was raised to a level."""

    escalation_id: int


@dataclass(frozen=True)
class TicketSupervised:
    """A manager demands something; whoever works on it must know."""

    demand_id: int


@dataclass(frozen=True)
class DemandAnswered:
    """A manager's demand has its answer."""

    demand_id: int


@dataclass(frozen=True)
class TicketUrged:
    """The retailer is chasing."""

    urging_id: int


@dataclass(frozen=True)
class ExtensionAsked:
    """A handler asks for more time."""

    ticket_id: int


@dataclass(frozen=True)
class ExtensionDecided:
    """The manager has decided about more time."""

    ticket_id: int


# The event that each transition announces beside its trace; the others are told by the trace alone.
ANNOUNCED = {
    "dispatch": TicketDispatched,
    "reroute": TicketDispatched,
    "hand_over": TicketDispatched,
    "stand_aside": TicketDispatched,
    "answer_on_the_spot": TicketAnswered,
    "send_reply": TicketAnswered,
    "approve": TicketAnswered,
    "answer_together": TicketAnswered,
    "send_back": TicketSentBack,
    "submit": TicketSubmitted,
    "redo": TicketRedone,
    "close": TicketClosed,
    "close_by_rule": TicketClosed,
}

"""What stands on each list of tickets, as SQL conditions on Ticket for one actor."""
from sqlalchemy import and_, exists, false, func, not_, or_, true

from core import clock
from core.actor import Actor
from tickets.access import COMPLIANCE_REVIEWS
from tickets.fitting import TOGETHER
from tickets.lifecycle import MANAGER_DECIDES_FROM, MOST_RETURNS
from tickets.models import Clock, Message, Reply, Ticket
from tickets.sla import BY_ITSELF

IN_HAND = ("dispatched", "needs_info", "in_progress", "in_review")
REVIEW_LEVEL = 4
GROUP = func.split_part(Ticket.leaf_code, ".", 1)


def to_triage(actor: Actor):
    """Not decided yet. Compliance and the liaison decide about sealed tickets only."""
    return and_(Ticket.state == "received", true() if actor.has("hotline", "manager") else Ticket.sealed)


def mine(actor: Actor):
    """On the actor's own desk."""
    return and_(Ticket.assignee_id == actor.id, Ticket.state.in_(IN_HAND))


def team(actor: Actor):
    """In the hands of the actor's team."""
    return and_(Ticket.team_id.in_(actor.teams), Ticket.state.in_(IN_HAND))


def queue(actor: Actor):
    """In the team's queue: dispatched, routed, and nobody's yet."""
    return and_(Ticket.team_id.in_(actor.teams), Ticket.state == "dispatched", Ticket.assignee_id.is_(None), not_(Ticket.awaits_routing),
                Ticket.redos < MANAGER_DECIDES_FROM, Ticket.returns < MOST_RETURNS)


def to_review(actor: Actor):
    """Answers that wait for somebody's second look and that this actor may judge (the SQL of the reviewer in tickets.access)."""
    own = exists().where(Reply.ticket_id == Ticket.id, Reply.state == "submitted", Reply.author_id == actor.id)
    special = func.coalesce(or_(Ticket.leaf_code == "SVC.CONDUCT", GROUP.in_(COMPLIANCE_REVIEWS)), False)
    judges = or_(and_(special, when(actor.has("compliance"))), and_(not_(special), or_(_leads(actor), _top_level(actor))))
    return and_(Ticket.state == "in_review", Ticket.assignee_id != actor.id, not_(own), judges)


def to_close(actor: Actor):
    """Answered tickets of the manager's own department, for compliance the sealed ones; never those he handled himself."""
    return and_(Ticket.state == "answered", _leads(actor), Ticket.assignee_id.is_distinct_from(actor.id))


def late(actor: Actor):
    """Something on it is over its time."""
    return and_(Ticket.state.in_((*IN_HAND, "received", "answered")), Ticket.due_at < clock.now())


def soon(actor: Actor):
    """Not late, but a running clock has passed 70 per cent."""
    running = exists().where(Clock.ticket_id == Ticket.id, Clock.stopped_at.is_(None), Clock.paused_at.is_(None), Clock.at_70 <= clock.now(),
                             Clock.kind.not_in(BY_ITSELF))
    return and_(Ticket.due_at >= clock.now(), running)


def pressing(actor: Actor):
    """Late or soon."""
    return or_(late(actor), soon(actor))


def to_sign(actor: Actor):
    """Waiting for the handler's signature."""
    return and_(Ticket.state == "dispatched", Ticket.assignee_id.is_not(None))


def wrote_again(actor: Actor):
    """The retailer's last words have no reply yet."""
    ours = or_(Message.author_id.is_not(None), Message.dedupe_key.startswith(TOGETHER))
    replied = exists().where(Message.ticket_id == Ticket.id, Message.kind.in_(("out", "call")), ours,
                             Message.at >= Ticket.last_inbound_at)
    return and_(Ticket.last_inbound_at > Ticket.dispatched_at, not_(replied))


def in_state(*states: str):
    """A condition on the state alone."""
    return lambda actor: Ticket.state.in_(states)


def everything(actor: Actor):
    """No condition."""
    return true()


def to_check(actor: Actor):
    """Answered rounds, for QA."""
    return Ticket.state.in_(("answered", "closed"))


def when(holds: bool):
    """A condition that holds or not whatever the ticket."""
    return true() if holds else false()


def _leads(actor: Actor):
    # Sealed tickets are managed by compliance alone (the SQL of the manager in tickets.access).
    own = or_(Ticket.team_id.is_(None), Ticket.team_id.in_(actor.leads)) if actor.has("manager") else false()
    return or_(and_(Ticket.sealed, when(actor.has("compliance"))), and_(not_(Ticket.sealed), own))


def _top_level(actor: Actor):
    scopes = [scope for scope, level in actor.certificates.items() if level >= REVIEW_LEVEL]
    in_team = when(actor.has("handler", "manager", "compliance", "liaison"))
    return and_(or_(Ticket.leaf_code.in_(scopes), GROUP.in_(scopes)), Ticket.team_id.in_(actor.teams), in_team)

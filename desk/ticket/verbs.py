"""The buttons that move a ticket: each takes ticket, actor and the filled form, and makes one call of a service."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from accounts.models import User
from core.actor import Actor
from core.db import db
from core.errors import DomainError, NotFound
from desk.ticket import choices as choices
from desk.ticket import forms as forms
from desk.ticket.form import ActionForm
from routing import queries as routing_queries
from routing import services as routing
from routing.conflict import FORGIVEN
from tickets import case_number, queries
from tickets.models import Message, Ticket
from tickets.services import closing, conversation, handling, merging, replying, returning, standing_aside, triaging


def sign(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The handler accepts it."""
    handling.sign(ticket, actor)


def claim(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """A member of the team takes it from the queue."""
    routing.claim(ticket, db.session.get(User, actor.id), actor)


def give_back(ticket: Ticket, actor: Actor, form: forms.ReturnForm) -> None:
    """The handler returns it: the reason of the list, his own words, and for whom or what he thinks it is."""
    grounds = returning.Grounds(form.reason.data, form.text.data, form.leaf.data or None, int(form.owner.data) if form.owner.data else None)
    returning.give_back(ticket, actor, grounds)


def reroute(ticket: Ticket, actor: Actor, form: forms.AssignForm) -> None:
    """The manager takes it from whoever does not sign; somebody else by name, or whoever routing finds, has it then."""
    to = _chosen(ticket, form)
    handling.reroute(ticket, actor, to=to)
    _keep(ticket, actor, to, _explain(ticket, actor, form.reason.data))


def assign_finally(ticket: Ticket, actor: Actor, form: forms.FinalForm) -> None:
    """After two returns, or the third time that it is handled again, the manager alone says who has it."""
    to = _chosen(ticket, form)
    handling.reroute(ticket, actor, to=to)
    _keep(ticket, actor, to, _explain(ticket, actor, form.reason.data))


def assign_returned(ticket: Ticket, actor: Actor, form: forms.FinalForm) -> None:
    """The same before it is dispatched again: nobody has to send it round once more first."""
    to = _chosen(ticket, form)
    triaging.dispatch(ticket, actor)
    handling.assign(ticket, to, actor)
    _keep(ticket, actor, to, _explain(ticket, actor, form.reason.data))


def name_deciders(ticket: Ticket, actor: Actor, form: forms.DecidersForm) -> None:
    """Whoever took the disputed decision does not handle the matter."""
    standing_aside.name_deciders(ticket, actor, form.ids())


def hand_over(ticket: Ticket, actor: Actor, form: forms.AssignForm) -> None:
    """The manager gives work in progress to somebody else."""
    to = _chosen(ticket, form)
    _keep(ticket, actor, to, handling.hand_over(ticket, actor, to=to, reason=form.reason.data or ""))


def _chosen(ticket: Ticket, form: forms.AssignForm) -> User | None:
    """The person named in the form. A manager may send it back to a former handler, but never to somebody in conflict."""
    user = db.session.get(User, int(form.to.data)) if form.to.data else None
    if user is not None and set(routing_queries.conflicts(ticket, user.id)) - FORGIVEN:
        raise DomainError("conflict", _l("%(name)s must stand aside in this matter. Choose somebody else.", name=user.name))
    return user


def _explain(ticket: Ticket, actor: Actor, text: str | None) -> Message | None:
    return conversation.note(ticket, actor, text) if text and text.strip() else None


def _keep(ticket: Ticket, actor: Actor, to: User | None, note: Message | None) -> None:
    """Whoever was named has it by the manager's word; without one routing decides, and says why."""
    if to is not None:
        routing.name(ticket, to, actor, note)


def approve(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The reviewer lets the answer go out as it stands."""
    replying.approve(ticket, actor)


def send_back(ticket: Ticket, actor: Actor, form: forms.CommentForm) -> None:
    """The reviewer wants it changed."""
    replying.send_back(ticket, actor, form.comment.data)


def close(ticket: Ticket, actor: Actor, form: forms.CloseForm) -> None:
    """The manager ends it."""
    closing.close(ticket, actor, form.outcome.data, form.root_cause.data, form.remedy.data, form.cause_note.data or "")


def redo(ticket: Ticket, actor: Actor, form: forms.RedoForm) -> None:
    """A manager or QA has it handled again."""
    reason = _("%(reason)s: %(words)s", reason=choices.name("redo_reason", form.reason.data), words=form.text.data)
    closing.redo(ticket, actor, reason)
    conversation.note(ticket, actor, reason)


def withdraw(ticket: Ticket, actor: Actor, form: forms.WithdrawForm) -> None:
    """The retailer does not want to go on, and said so on a call."""
    closing.withdraw(ticket, actor, form.confirmed.data, form.reason.data or "")


def decline_noise(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """Nonsense, advertising, a wrong number."""
    triaging.decline_noise(ticket, actor)


def merge(ticket: Ticket, actor: Actor, form: forms.MergeForm) -> None:
    """End it as a double of the other one."""
    try:
        other = queries.by_case_no(actor, case_number.clean(form.into.data) or "")
    except NotFound:  # an answer that keeps what was typed, not the page for dead addresses
        raise DomainError("no_such_ticket", _l("There is no ticket with this number.")) from None
    merging.merge(ticket, actor, other)


def unmerge(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """They were two matters after all."""
    merging.unmerge(ticket, actor)

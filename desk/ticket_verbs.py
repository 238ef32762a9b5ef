"""What the buttons of a ticket's page do: each takes ticket, actor and the filled form, and makes one call of a service."""
from datetime import datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from accounts.models import User
from core import clock, organisation
from core.actor import Actor
from core.db import db
from core.errors import DomainError, NotFound
from desk import ticket_choices as choices
from desk import ticket_forms as forms
from desk.ticket_composer import standard_words
from desk.words import CHANNELS
from routing import queries as routing_queries
from routing import services as routing
from tickets import case_number, queries
from tickets.models import Promise, Ticket
from tickets.services import closing, conversation, handling, merging, triaging


def sign(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """The handler accepts it."""
    handling.sign(ticket, actor)


def claim(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """A member of the team takes it from the queue."""
    routing.claim(ticket, db.session.get(User, actor.id), actor)


def give_back(ticket: Ticket, actor: Actor, form: forms.ReturnForm) -> None:
    """The handler returns it: the reason of the list, then his own words."""
    grounds = _("%(reason)s: %(words)s", reason=choices.name("return_reason", form.reason.data), words=form.text.data)
    handling.give_back(ticket, actor, grounds, form.proposal.data or "")


def reroute(ticket: Ticket, actor: Actor, form: forms.AssignForm) -> None:
    """The manager takes it from whoever does not sign, or assigns it finally."""
    handling.reroute(ticket, actor, to=_chosen(ticket, form))
    _explain(ticket, actor, form.reason.data)


def hand_over(ticket: Ticket, actor: Actor, form: forms.AssignForm) -> None:
    """The manager gives work in progress to somebody else."""
    handling.hand_over(ticket, actor, to=_chosen(ticket, form), reason=form.reason.data or "")


def _chosen(ticket: Ticket, form: forms.AssignForm) -> User | None:
    """The person named in the form. A manager may send it back to a former handler, but never to somebody in conflict."""
    user = db.session.get(User, int(form.to.data)) if form.to.data else None
    if user is not None and set(routing_queries.conflicts(ticket, user.id, None)) - {"handled_before"}:
        raise DomainError("conflict", _l("%(name)s must stand aside in this matter. Choose somebody else.", name=user.name))
    return user


def _explain(ticket: Ticket, actor: Actor, text: str | None) -> None:
    if text and text.strip():
        conversation.note(ticket, actor, text)


def approve(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """The reviewer lets the answer go out as it stands."""
    handling.approve(ticket, actor)


def send_back(ticket: Ticket, actor: Actor, form: forms.CommentForm) -> None:
    """The reviewer wants it changed."""
    handling.send_back(ticket, actor, form.comment.data)


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


def decline_noise(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """Nonsense, advertising, a wrong number."""
    triaging.decline_noise(ticket, actor)


def merge(ticket: Ticket, actor: Actor, form: forms.MergeForm) -> None:
    """End it as a double of the other one."""
    try:
        other = queries.by_case_no(actor, case_number.clean(form.into.data) or "")
    except NotFound:  # an answer that keeps what was typed, not the page for dead addresses
        raise DomainError("no_such_ticket", _l("There is no ticket with this number.")) from None
    merging.merge(ticket, actor, other)


def unmerge(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """They were two matters after all."""
    merging.unmerge(ticket, actor)


def severity(ticket: Ticket, actor: Actor, form: forms.SeverityForm) -> None:
    """Another severity; the reason stands in the trail."""
    triaging.lower_or_raise(ticket, actor, form.severity.data, form.reason.data)


def supervise(ticket: Ticket, actor: Actor, form: forms.DemandForm) -> None:
    """The manager keeps an eye on it until he lifts it."""
    closing.supervise(ticket, actor, True, form.text.data or "")


def stop_supervising(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """The manager lifts his demand."""
    closing.supervise(ticket, actor, False)


def seal(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """Close it to everybody but compliance and the liaison."""
    triaging.seal(ticket, actor)


def unseal(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """Compliance or the liaison give it back to the hotline."""
    triaging.unseal(ticket, actor)


def note(ticket: Ticket, actor: Actor, form: forms.NoteForm) -> None:
    """Words for colleagues."""
    conversation.note(ticket, actor, form.text.data)


def log_call(ticket: Ticket, actor: Actor, form: forms.CallForm) -> None:
    """What was said on the phone."""
    conversation.log_call(ticket, actor, form.text.data)


def hear(ticket: Ticket, actor: Actor, form: forms.HeardForm) -> None:
    """The retailer's words, entered by staff; a waiting question is answered by them."""
    conversation.continue_with(ticket, form.text.data, form.channel.data, actor=actor)
    conversation.note(ticket, actor, _("Entered for the retailer (%(channel)s).", channel=CHANNELS[form.channel.data]))


def ask_extension(ticket: Ticket, actor: Actor, form: forms.ExtendForm) -> None:
    """The handler asks for more time."""
    handling.ask_extension(ticket, actor, form.instant(), form.reason.data)


def grant_extension(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """The manager grants more time; the retailer is told the reason and the new date."""
    waiting = handling.waiting_extension(ticket)
    facts = {"reason": waiting.reason, "new_due": waiting.new_due_at} if waiting else {}
    handling.decide_extension(ticket, actor, True, standard_words(ticket, actor, "extension", facts) if waiting else None)


def refuse_extension(ticket: Ticket, actor: Actor, form: forms.ActionForm) -> None:
    """The manager does not grant more time."""
    handling.decide_extension(ticket, actor, False)


def promise(ticket: Ticket, actor: Actor, form: forms.PromiseForm) -> None:
    """Enter a commitment; it is due when the chosen day ends."""
    until = datetime.combine(form.due.data, time(23, 59), organisation.zone())
    if until < clock.now():
        raise DomainError("past", _l("A promise is for a day to come."))
    handling.promise(ticket, actor, form.text.data, until)


def settle_promise(ticket: Ticket, actor: Actor, promise_id: int, kept: bool) -> None:
    """Say whether a promise was kept; one that was settled stays so."""
    row = db.session.get(Promise, promise_id)
    if row is not None and row.ticket_id == ticket.id and row.kept is None:
        handling.settle_promise(ticket, actor, row, kept)


def check_quality(ticket: Ticket, actor: Actor, form: forms.QualityForm) -> None:
    """QA's judgement of the present round."""
    closing.check_quality(ticket, actor, form.passed.data == "yes", form.note.data or "")

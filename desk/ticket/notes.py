"""The buttons that leave a ticket where it is: severity, seal, notes, calls, more time, promises, quality."""
from datetime import datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog import queries as catalog
from core import clock, organisation
from core.actor import Actor
from core.db import db
from core.errors import DomainError
from desk.shown.words import CHANNELS
from desk.ticket import note_forms as forms
from desk.ticket.composer import standard_words
from desk.ticket.form import ActionForm
from tickets.models import Promise, Ticket
from tickets.services import calling, closing, conversation, extending, naming, second_matters, supervising, triaging, urging
from triage import taking_apart


def severity(ticket: Ticket, actor: Actor, form: forms.SeverityForm) -> None:
    """Another severity; the reason stands in the trail."""
    triaging.lower_or_raise(ticket, actor, form.severity.data, form.reason.data)


def name_staff(ticket: Ticket, actor: Actor, form: forms.NamedForm) -> None:
    """Say who is meant; it is kept from them from here on."""
    naming.name(ticket, actor, form.ids())


def add_second(ticket: Ticket, actor: Actor, form: forms.SecondForm) -> None:
    """One more matter is told in it, and it has an owner at once."""
    matter = second_matters.add(ticket, actor, catalog.leaf(form.leaf.data), form.text.data)
    if form.way.data == "along":
        second_matters.answer_along(matter, actor)
    else:
        taking_apart.own_ticket(matter, actor)


def supervise(ticket: Ticket, actor: Actor, form: forms.DemandForm) -> None:
    """The manager demands something; it stands there until it is answered."""
    supervising.demand(ticket, actor, form.text.data, round(60 * form.hours.data))


def stop_supervising(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The manager lifts his demand."""
    supervising.lift(ticket, actor)


def demand_again(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """What was answered is not enough for the manager."""
    supervising.again(ticket, actor)


def answer_demand(ticket: Ticket, actor: Actor, form: forms.AnswerDemandForm) -> None:
    """Whoever works on it says what was done about the demand."""
    supervising.answer(ticket, actor, form.text.data)


def urged(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The retailer chased on the phone or at the counter."""
    if not urging.urge(ticket, actor, "phone"):
        raise DomainError("urged", _l("He asked a short while ago, and it was passed on then. It is counted once."))


def seal(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """Close it to everybody but compliance and the liaison."""
    triaging.seal(ticket, actor)


def unseal(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """Compliance or the liaison give it back to the hotline."""
    triaging.unseal(ticket, actor)


def note(ticket: Ticket, actor: Actor, form: forms.NoteForm) -> None:
    """Words for colleagues."""
    conversation.note(ticket, actor, form.text.data)


def log_call(ticket: Ticket, actor: Actor, form: forms.CallForm) -> None:
    """What was said on the phone."""
    conversation.log_call(ticket, actor, form.text.data)


def not_reached(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The call-back reached nobody; after enough tries in different half-days nobody waits for it any more."""
    calling.call_back_in_vain(ticket, actor)


def hear(ticket: Ticket, actor: Actor, form: forms.HeardForm) -> None:
    """The retailer's words, entered by staff; a waiting question is answered by them."""
    conversation.continue_with(ticket, form.text.data, form.channel.data, actor=actor)
    conversation.note(ticket, actor, _("Entered for the retailer (%(channel)s).", channel=CHANNELS[form.channel.data]))


def ask_extension(ticket: Ticket, actor: Actor, form: forms.ExtendForm) -> None:
    """The handler asks for more time."""
    extending.ask_extension(ticket, actor, form.instant(), form.reason.data)


def grant_extension(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The manager grants more time; the retailer is told the reason and the new date."""
    waiting = extending.waiting_extension(ticket)
    facts = {"reason": waiting.reason, "new_due": waiting.new_due_at} if waiting else {}
    extending.decide_extension(ticket, actor, True, standard_words(ticket, actor, "extension", facts) if waiting else None)


def refuse_extension(ticket: Ticket, actor: Actor, form: ActionForm) -> None:
    """The manager does not grant more time."""
    extending.decide_extension(ticket, actor, False)


def promise(ticket: Ticket, actor: Actor, form: forms.PromiseForm) -> None:
    """Enter a commitment; it is due when the chosen day ends."""
    until = datetime.combine(form.due.data, time(23, 59), organisation.zone())
    if until < clock.now():
        raise DomainError("past", _l("A promise is for a day to come."))
    extending.promise(ticket, actor, form.text.data, until)


def settle_promise(ticket: Ticket, actor: Actor, promise_id: int, kept: bool) -> None:
    """Say whether a promise was kept; one that was settled stays so."""
    row = db.session.get(Promise, promise_id)
    if row is not None and row.ticket_id == ticket.id and row.kept is None:
        extending.settle_promise(ticket, actor, row, kept)


def check_quality(ticket: Ticket, actor: Actor, form: forms.QualityForm) -> None:
    """QA's judgement of the present round."""
    closing.check_quality(ticket, actor, form.passed.data == "yes", form.note.data or "")

"""What the hotline does with a matter: each step carries it out and returns the sentence that says so."""
from flask import request
from flask_babel import gettext as _

from catalog import queries as catalog
from catalog.models import NOISE
from desk.blueprint import actor
from desk.shown import presenters as show
from desk.ticket.composer import standard_words
from desk.triage import second
from desk.triage.forms import TriageForm
from desk.triage.proposed import for_leaf
from hotline.texts import deciding
from retailers import queries as retailers
from tickets import access, case_number
from tickets import queries as tickets
from tickets.models import Ticket
from tickets.services import merging, triaging
from tickets.services.handling import ask
from triage import services as understanding

PICK, INTO = "pick:", "into:"


def carry_out(name: str, ticket: Ticket, form: TriageForm) -> str | None:
    """Do the step of a button; None when the form must be looked at again. Raises DomainError as the services do."""
    if name.startswith(PICK):
        return _pick(ticket, form, name.removeprefix(PICK))
    if second.is_step(name):
        return second.decide(ticket, name)
    if name.startswith(INTO):
        return _into(ticket, name.removeprefix(INTO))
    return STEPS.get(name, _dispatch)(ticket, form)


def _number(ticket: Ticket) -> str:
    return case_number.show(ticket.case_no)


def _classify(ticket: Ticket, form: TriageForm) -> bool:
    if not form.validate():
        return False
    shop, told = retailers.by_licence(form.shop.data) if form.shop is not None else None, form.facts()
    if shop is not None:
        triaging.name_shop(ticket, actor(), shop)
        told |= _brought(ticket, told)
    if not access.can_see(actor(), ticket):  # the shop told that somebody near him is meant
        return True
    triaging.classify(ticket, actor(), catalog.leaf(form.leaf.data), form.severity.data, **told)
    understanding.decided(ticket, actor())
    return True


def _brought(ticket: Ticket, told: dict) -> dict:
    """What came with the shop: the form was filled in before it was known, and takes none of it away."""
    return {"support_needs": told["support_needs"] or ticket.support_needs, "named_ids": sorted({*told["named_ids"], *ticket.named_ids})}


def _dispatch(ticket: Ticket, form: TriageForm) -> str | None:
    if not _classify(ticket, form):
        return None
    if access.kept_from(actor(), ticket):
        return _("%(case)s is about somebody near you. It is kept from you now, and others decide about it.", case=_number(ticket))
    if ticket.sealed and not access.can_see(actor(), ticket):  # the category sealed it: others decide from here on
        return _("%(case)s is sealed now. It was given to those who decide about such matters.", case=_number(ticket))
    triaging.dispatch(ticket, actor())
    sent = {"case": _number(ticket), "team": show.team_name(ticket)}
    if not access.can_see(actor(), ticket):
        return _("%(case)s was dispatched to %(team)s. From here on only they and those who watch over such matters see it.", **sent)
    return _("%(case)s was dispatched to %(team)s.", **sent)


def _pick(ticket: Ticket, form: TriageForm, code: str) -> str | None:
    """One key picks a proposed category and dispatches, with the severity and outcome that go with it."""
    leaf = catalog.leaf(code)
    if leaf is None:
        return None
    if form.leaf.data != code:
        form.leaf.data = code
        form.severity.data, form.desired_outcome.data = for_leaf(ticket, leaf).values()
    return _noise(ticket, form) if code == NOISE else _dispatch(ticket, form)


def _ask(ticket: Ticket, form: TriageForm) -> str | None:
    questions = (form.questions.data or "").strip()
    if not questions:
        form.questions.errors = [_("Write what you want to know from the retailer.")]
        return None
    speaker = {"handler": actor().name, "team": show.own_team(actor(), ticket.language), "questions": questions}
    ask(ticket, actor(), questions, standard_words(ticket, actor(), "ask", speaker))
    return _("The retailer is asked. %(case)s comes back when he answers.", case=_number(ticket))


def _noise(ticket: Ticket, form: TriageForm) -> str:
    triaging.classify(ticket, actor(), catalog.leaf(NOISE), "S4")
    understanding.decided(ticket, actor())
    triaging.decline_noise(ticket, actor())
    deciding.say_noise(ticket)
    return _("%(case)s was put aside as noise.", case=_number(ticket))


def _merge(ticket: Ticket, form: TriageForm) -> str:
    into = tickets.by_case_no(actor(), request.form.get("other", ""))
    merging.merge(ticket, actor(), into)
    return _("%(case)s was merged into %(other)s. For 24 hours this can be undone on its page.",
             case=_number(ticket), other=_number(into))


def _into(ticket: Ticket, case_no: str) -> str:
    """A text goes into the matter that it continues."""
    into = tickets.by_case_no(actor(), case_no)
    again = into.state in ("answered", "closed")
    deciding.put_into(ticket, actor(), into)
    said = {"case": _number(ticket), "other": _number(into)}
    if again:
        return _("%(other)s was opened again, and the words of %(case)s stand in it.", **said)
    return _("The words of %(case)s stand in %(other)s now, and its handler hears of them. For 24 hours this can be undone on its page.", **said)


def _not_double(ticket: Ticket, form: TriageForm) -> str:
    other = tickets.by_case_no(actor(), request.form.get("other", ""))
    merging.refuse(ticket, other, actor())
    return _("These two are kept apart and will not be proposed again.")


def _release(ticket: Ticket, form: TriageForm) -> str:
    triaging.unseal(ticket, actor())
    return _("%(case)s was given back to the hotline.", case=_number(ticket))


def _seal(ticket: Ticket, form: TriageForm) -> str:
    triaging.seal(ticket, actor())
    return _("%(case)s was sealed.", case=_number(ticket))


STEPS = {"dispatch": _dispatch, "ask": _ask, "noise": _noise, "merge": _merge, "not_double": _not_double, "release": _release, "seal": _seal}

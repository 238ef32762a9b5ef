"""What the buttons beside a call do: each carries it out and returns the sentence that says so (None: nothing to say)."""
from collections.abc import Callable

from flask_babel import gettext as _

from core import phone
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotFound
from desk.blueprint import actor
from desk.calls.forms import CallForm, raw_of
from hotline.models import Call
from hotline.taking import filing, queries, services
from retailers.models import Retailer
from tickets import queries as tickets

SHOP = "shop:"
INVALID = "invalid"  # the form itself says what is wrong


def carry_out(step: str, call: Call, form: CallForm) -> str | None:
    """Do the step of a button. Raises DomainError as the services do, and INVALID when the form must be looked at again."""
    if step.startswith(SHOP):
        return _shop(call, step.removeprefix(SHOP))
    if call.retailer is None and form.who.data:  # typed, and the button beside it never pressed
        services.say_who(call, form.who.data)
    return STEPS.get(step, _keep)(call, form)


def _keep(call: Call, form: CallForm) -> str:
    return _("Kept. You can go on later.")


def _take(call: Call, form: CallForm) -> None:
    services.take(call, actor())


def _who(call: Call, form: CallForm) -> str | None:
    typed = (form.who.data or "").strip()
    if not typed:
        raise _wrong(form, "who", _("Type a telephone number, a licence number or the name of a shop."))
    if services.say_who(call, typed) is None and not queries.shops_of(call.caller):
        return _("No single shop has this name or number. Choose one below, or go on without.")
    return None


def _shop(call: Call, licence_no: str) -> None:
    shop = db.session.scalar(db.select(Retailer).filter_by(licence_no=licence_no, active=True)) if licence_no else None
    if licence_no and shop is None:
        raise NotFound("retailer")
    services.choose_shop(call, shop)


def _ticket(call: Call, form: CallForm) -> None:
    _check(form, *FILING)
    filing.file_ticket(call, actor(), raw_of(form, call))


def _link(call: Call, form: CallForm) -> None:
    _check(form, "text", "callback")
    number = form.other_no.data or form.other.data
    if not number:
        raise _wrong(form, "other_no", _("Choose one of his tickets, or type its number."))
    filing.link(call, actor(), _named(form, number), raw_of(form, call))


def _named(form: CallForm, number: str):
    try:
        return tickets.by_case_no(actor(), "".join(char for char in number if char.isdigit()))
    except NotFound:
        raise _wrong(form, "other_no", _("There is no ticket with this number.")) from None


def _noise(call: Call, form: CallForm) -> str:
    filing.noise(call, actor())
    return _("Put aside as noise.")


def _nothing(call: Call, form: CallForm) -> str:
    filing.nothing(call, actor())
    return _("Done, nothing was filed.")


def _promise(call: Call, form: CallForm) -> str:
    _check(form, "back_at")
    if form.back_at.data is None:
        raise _wrong(form, "back_at", _("Say when you will call back."))
    services.promise(call, actor(), form.back_instant())
    return _("Noted. The number stands in the list with its time until somebody has called.")


def _unreached(call: Call, form: CallForm) -> str:
    services.tried(call, actor())
    return _("Noted. The number stays on the list.")


def _check(form: CallForm, *names: str) -> None:
    """Validate these fields only: a half-typed time must not keep a ticket from being filed."""
    form.validate()
    for field in form:
        if field.name not in names:
            field.errors = ()
    if any(form[name].errors for name in names):
        raise DomainError(INVALID)


def _wrong(form: CallForm, name: str, message: str) -> DomainError:
    form[name].errors = [message]
    return DomainError(INVALID)


def note_look(call: Call) -> None:
    """The whole number was looked at; the trail keeps by whom."""
    record(actor(), Did.IDENTITY_SEEN, target=services.name_of(call), number=phone.mask(call.caller))


LEAVING = ("noise", "nothing", "promise", "unreached")  # after these the desk is free for the next call
FILING = ("text", "leaf", "severity", "order_no", "amount", "wish", "callback", "callback_time", "name", "kind", "desired", "occurred", "language",
          "who")
STEPS: dict[str, Callable[[Call, CallForm], str | None]] = {
    "keep": _keep, "take": _take, "who": _who, "ticket": _ticket, "link": _link, "noise": _noise, "nothing": _nothing, "promise": _promise,
    "unreached": _unreached}

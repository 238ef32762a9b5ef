"""What the buttons of the composer do with a draft: keep it, hand it in, send it, ask, decline, transfer."""
from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from core.actor import Actor
from core.errors import DomainError
from core.i18n import pick
from desk.ticket import choices as choices
from desk.ticket import composer as composer
from desk.ticket.draft import Draft
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import conversation, handling, replying, triaging

PROPOSAL = ("outcome", "root_cause", "remedy")


def save(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Keep the draft, finished or not. An unfinished one has no text, so that it cannot be sent."""
    try:
        composed = draft.compose()
    except DomainError:
        composed = draft.unfinished()
    _keep(ticket, actor, draft, composed, form)


def check(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """The checklist is kept with every step; pressed for itself it keeps the answer too. Other words stay on the page."""
    if draft.version.answer.purpose == "answer":
        save(ticket, actor, draft, form)


def submit(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Hand the answer in for review."""
    _keep(ticket, actor, draft, composer.finish(draft), form)
    _pressed(replying.submit, ticket, actor)


def send(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Send a light answer without review."""
    _keep(ticket, actor, draft, composer.finish(draft), form)
    _pressed(replying.send_reply, ticket, actor)


def _pressed(step: Callable[[Ticket, Actor], None], ticket: Ticket, actor: Actor) -> None:
    """Do it; the points of the checklist that stand in its way are named, for the list may lie outside of the window."""
    try:
        step(ticket, actor)
    except DomainError as error:
        if error.code != "checked":
            raise
        points = _("; ").join(pick(item.zh, item.en) for item in replying.unchecked(ticket))
        raise DomainError("checked", _("Some points of the checklist are still open: %(points)s", points=points)) from None


def _keep(ticket: Ticket, actor: Actor, draft: Draft, composed, form: Mapping[str, str]) -> None:
    replying.propose(ticket, actor, *(known_code(name, form.get(name)) for name in PROPOSAL), form.get("cause_note", "")[:composer.MOST])
    replying.write_reply(ticket, actor, composed, draft.kept())


def known_code(list_name: str, code: str | None) -> str | None:
    """The code if its list has it; None for anything else."""
    return code if code and code in dict(choices.codes(list_name)) else None


def spot(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """The hotline answers at once."""
    triaging.answer_on_the_spot(ticket, actor, composer.finish(draft))


def ask(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Ask the retailer; the other clocks pause."""
    composed = composer.finish(draft)
    handling.ask(ticket, actor, draft.values.get("questions") or composed.body, composed)


def interim(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Tell the retailer how far it is; the next such message is due from now."""
    composed = composer.finish(draft)
    conversation.say(ticket, actor, composed.body, "interim", answer_code=composed.code, answer_version=composed.version, language=composed.language)


def decline(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Not our matter."""
    triaging.decline(ticket, actor, _typed(draft, "reason"), composer.finish(draft))


def transfer(ticket: Ticket, actor: Actor, draft: Draft, form: Mapping[str, str]) -> None:
    """Handed to another body, under its reference."""
    triaging.transfer(ticket, actor, _typed(draft, "body_name"), _typed(draft, "reference"), composer.finish(draft))


def _typed(draft: Draft, name: str) -> str:
    # An edited standard answer may not ask for it any more; the trail must still say why.
    text = draft.values.get(name, "").strip()
    if not text:
        raise DomainError("reason", REFUSALS["reason" if name == "reason" else "body_and_reference"])
    return text


# By the value of the pressed button; the writing's own name is its ordinary sending.
STEPS = {"save": save, "check": check, "answer": submit, "send": send, "spot": spot, "ask": ask, "interim": interim, "decline": decline, "transfer": transfer}

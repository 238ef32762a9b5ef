"""Everything the ticket's page shows to one reader, put together."""
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.permissions import may
from core.actor import Actor
from core.db import db
from desk.frame import navigation
from desk.shown import doubles, presenters, returned
from desk.shown.next_step import next_step
from desk.ticket import actions as ticket_actions
from desk.ticket import aside as ticket_aside
from desk.ticket import card as ticket_card
from desk.ticket import choices as ticket_choices
from desk.ticket import comparing
from desk.ticket import composer as ticket_composer
from desk.ticket import pair as ticket_pair
from desk.ticket import pressing as ticket_pressing
from desk.ticket import road as ticket_road
from desk.ticket import thread as ticket_thread
from desk.ticket import writings as ticket_writings
from desk.ticket.draft import Draft
from desk.ticket.form import ActionForm
from desk.triage import second as ticket_second
from hotline.transcripts import queries as transcripts
from tickets import access, case_number
from tickets.models import Message, Reply, Ticket
from tickets.services import replying, returning

RAW_ROLES = ("hotline", "manager", "compliance", "liaison")
DEFAULTS = ("approve", "close", "answer")  # what a page opens with, if it is offered
FINALLY = {"assign_finally", "assign_returned"}  # the buttons beside which everybody who can have it is compared
PROPOSED = {"outcome": _l("Outcome"), "root_cause": _l("Root cause"), "remedy": _l("Remedy")}
PROPOSAL = (*PROPOSED, "cause_note")


@dataclass(frozen=True)
class Typed:
    """What was typed and refused: the mode or action it belongs to, the filled form or draft, and why it was refused.

    `ticks` is the checklist as it was sent along, `spoken` the second matters of which the answer speaks; `marked` says that blanks which are not right are to be shown.
    """

    name: str
    form: ActionForm | None = None
    draft: Draft | None = None
    proposal: Mapping[str, str] | None = None
    problem: object = None
    code: str = ""
    ticks: frozenset[int] | None = None
    spoken: frozenset[int] | None = None
    marked: bool = False


def load(ticket: Ticket) -> Ticket:
    """Read with few queries what the page will touch."""
    query = select(Ticket).where(Ticket.id == ticket.id).options(
        joinedload(Ticket.leaf), joinedload(Ticket.team), joinedload(Ticket.assignee), joinedload(Ticket.retailer), joinedload(Ticket.captured_by),
        joinedload(Ticket.merged_into), selectinload(Ticket.messages).selectinload(Message.attachments), selectinload(Ticket.clocks))
    return db.session.scalars(query).one()


def page(ticket: Ticket, actor: Actor, typed: Typed | None = None, revealed: bool = False) -> dict:
    """The variables of templates/desk/ticket.html."""
    load(ticket)
    reply = replying.open_reply(ticket) if ticket.state in ("in_progress", "in_review") else None
    hats = access.hats(actor, ticket, reply.author_id if reply else None)
    traces = ticket_thread.trail(ticket)
    people = ticket_card.names(ticket, traces)
    first, others = ticket_pressing.clocks(ticket)
    return {
        "ticket": ticket, "hats": hats, "typed": typed, "number": case_number.show(ticket.case_no), "leaf_name": presenters.leaf_name(ticket),
        "tags": presenters.tags(ticket), "steps": ticket_road.steps(ticket), "clock": first, "other_clocks": others,
        "next_step": next_step(ticket, actor), "entries": ticket_thread.thread(ticket, actor, traces, people),
        "card": ticket_card.card(ticket, actor, people, revealed), "facts": ticket_card.facts(ticket, people), "raw": may_read_raw(ticket, actor),
        "into": ticket.merged_into if ticket.merged_into and access.can_see(actor, ticket.merged_into) else None,
        "pressing": ticket_pressing.of(ticket, traces), **_aside(ticket, actor, typed), **_desk(ticket, actor, hats, reply, typed),
    }


def _aside(ticket: Ticket, actor: Actor, typed: Typed | None) -> dict:
    return {"parent": ticket_aside.parent(ticket, actor), "decisions": ticket_aside.decisions(ticket, actor), "promises": ticket_aside.promises(ticket),
            "checklist": ticket_aside.checklist(ticket, typed.ticks if typed else None),
            "extensions": ticket_aside.extensions(ticket), "calls": ticket_aside.calls(ticket), "files": ticket_aside.other_files(ticket),
            "second": ticket_second.shown(ticket, actor), "with_it": ticket_second.told_with(ticket, actor),
            "doubles": doubles.pairs(ticket, actor), "apart": doubles.apart(ticket, actor) if ticket_pair.may_end(ticket, actor) else [],
            "before": doubles.before(ticket, actor), "returned": returned.of(ticket),
            "decides": lambda pair: ticket_pair.may_decide(ticket, pair.ticket, actor),
            "transcripts": transcripts.of_ticket(ticket) if may(actor.roles, "transcripts") else []}


def _desk(ticket: Ticket, actor: Actor, hats: frozenset[str], reply: Reply | None, typed: Typed | None) -> dict:
    """What the reader can do: the usual step, the ways of writing, the rest."""
    writings = ticket_writings.offered(ticket, actor, hats)
    actions = {place: ticket_actions.offered(ticket, actor, hats, place) for place in ("next", "write", "more", "own")}
    modes = [*writings, *(action for action in actions["write"] if action.name != "send_back")]
    mode = _mode(modes, typed)
    forms = {action.name: form_for(action, ticket, typed) for place in actions.values() for action in place}
    return {"modes": modes, "mode": mode, "actions": actions, "forms": forms, "offers": set(forms), "may_return": "return" in forms and returning.in_window(ticket),
            "takers": [] if FINALLY.isdisjoint(forms) else comparing.people(ticket, actor),
            "ways": _ways(ticket, actor), "reply": reply, "may_send": ticket_writings.may_send(ticket, hats), "reviewed": ticket_writings.reviewed(ticket, hats) if mode and mode.name == "answer" else None,
            "proposal": _proposal(ticket, typed),
            "review": ticket_composer.look(reply.body, ticket, reply.language) if reply and ticket.state == "in_review" else None,
            **(_composer(ticket, actor, mode, reply, typed) if mode in writings else {})}


def _ways(ticket: Ticket, actor: Actor) -> dict[str, str]:
    """Addresses of the desk pages where the next step is done, as far as this reader may open them."""
    found = {"tasks": navigation.address("tasks")} if may(actor.roles, "call_tasks") else {}
    if ticket.state == "received" and may(actor.roles, "triage") and "desk.triage" in current_app.view_functions:
        found["triage"] = url_for("desk.triage", case=ticket.case_no)
    return {name: href for name, href in found.items() if href}


def _mode(modes: list, typed: Typed | None):
    wanted = typed.name if typed else request.args.get("write")
    by_name = {mode.name: mode for mode in modes}
    return by_name.get("approve" if wanted == "send_back" else wanted) or next((by_name[name] for name in DEFAULTS if name in by_name), None)


def form_for(action: ticket_actions.Action, ticket: Ticket, typed: Typed | None) -> ActionForm:
    """The action's form: the one that was refused, with what was typed, or a new one."""
    if typed and typed.form is not None and typed.name == action.name:
        return typed.form
    return make_form(action, ticket, None)


def make_form(action: ticket_actions.Action, ticket: Ticket, filled) -> ActionForm:
    """A form under the action's own prefix; `filled` is what was sent, None for a new one."""
    form = action.form(formdata=filled, data=action.form.proposed(ticket), prefix=action.name)
    form.prepare(ticket)
    return form


def _proposal(ticket: Ticket, typed: Typed | None) -> dict:
    if typed and typed.proposal is not None:
        return {key: typed.proposal.get(key, "") for key in PROPOSAL}
    return {key: getattr(ticket, key) or "" for key in PROPOSAL}


def _composer(ticket: Ticket, actor: Actor, writing: ticket_writings.Writing, reply: Reply | None, typed: Typed | None) -> dict:
    versions = ticket_composer.choices(writing.purpose, ticket)
    draft = typed.draft if typed and typed.draft is not None else _draft(ticket, actor, writing, reply, versions)
    return {"versions": versions, "draft": draft, "preview": ticket_composer.preview(draft) if draft else None,
            "wrong": draft.problems() if draft and typed and typed.marked else {},
            "bodies": ticket_choices.codes("transfer_body", blank=False),
            "speaks_of": ticket_second.to_speak_of(ticket, typed.spoken if typed else None),
            "proposals": [(name, label, ticket_choices.codes(name)) for name, label in PROPOSED.items()]}


def _draft(ticket: Ticket, actor: Actor, writing: ticket_writings.Writing, reply: Reply | None, versions: list) -> Draft | None:
    kept = ticket_composer.from_reply(ticket, actor, reply) if reply is not None and writing.name == "answer" else None
    if kept is not None or not versions:
        return kept
    return ticket_composer.fresh(ticket, actor, versions[0])


def may_read_raw(ticket: Ticket, actor: Actor) -> bool:
    """May this reader see what came in, unchanged? It holds the sender's name and number, so the seal and confidence cover it."""
    return actor.has(*RAW_ROLES) and access.sees_identity(actor, ticket)

"""The call desk: calls on the left, the caller and what he says in the middle, the form on the right; it is kept as it is typed."""
import secrets

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_time
from flask_babel import gettext as _

from core.db import db
from core.errors import DomainError, NotFound
from desk.blueprint import BIGGEST_ID, actor, desk, needs
from desk.calls import board, page, said, steps
from desk.calls.forms import CallForm, call_form
from desk.calls.proposed import proposed
from hotline.models import Call
from hotline.taking import drafts, queries, services

REVEAL = "number"


@desk.get("/calls")
@desk.get("/calls/<id:call_id>")
@needs("calls")
def calls(call_id: int | None = None):
    """One call: the card, the words so far, the form, and once it is filed what to read out. Without one: what the reader has in hand."""
    own = queries.in_hand(actor().id) if call_id is None and "list" not in request.args else None
    if own is not None:
        return redirect(url_for("desk.calls", call_id=own.id))
    found = page.find(call_id, actor()) if call_id is not None else None
    return page.render(actor(), found, call_form(found) if found else None)


@desk.post("/calls/<id:call_id>")
@needs("calls")
def call_step(call_id: int):
    """Keep what was typed, then do what the button says. What is refused comes back with everything that was typed."""
    found = page.find(call_id, actor(), lock=True)
    form, step = call_form(found, request.form), request.form.get("step", "keep")
    try:
        _keep(found, form)
        done = steps.carry_out(step, page.find(call_id, actor(), lock=True), form) if step != REVEAL else None
    except NotFound:
        raise
    except DomainError as refusal:
        db.session.rollback()
        if refusal.code != steps.INVALID:
            form.form_errors.append(refusal.message)
        return page.render(actor(), page.find(call_id, actor()), form, unkept=refusal.code == drafts.CONFLICT), 422
    return _show_number(call_id) if step == REVEAL else _after(call_id, step, done)


def _keep(found: Call, form: CallForm) -> None:
    """What was typed is safe before anything else is tried; a second press then goes on from what is kept."""
    if found.filed_as is not None:
        return
    seen, form.version.data = form.version.data or 0, drafts.version_of(found)
    form.version.data = drafts.keep(found, actor(), form.typed(), seen)
    db.session.commit()


def _show_number(call_id: int):
    found = page.find(call_id, actor())
    steps.note_look(found)
    db.session.commit()
    return page.render(actor(), found, call_form(found), revealed=True)


def _after(call_id: int, step: str, done: str | None):
    db.session.commit()
    if done:
        flash(done, "success")
    return redirect(url_for("desk.calls") if step in steps.LEAVING else url_for("desk.calls", call_id=call_id))


@desk.post("/calls/<id:call_id>/draft")
@needs("calls")
def call_draft(call_id: int):
    """Keep what is typed, for the page's script: when it was kept, its version and what the words propose; or 409 with the reason."""
    found = page.find(call_id, actor(), lock=True)
    form = call_form(found, request.form)
    try:
        version = drafts.keep(found, actor(), form.typed(), form.version.data or 0)
    except DomainError as refusal:
        return jsonify(why=str(refusal.message), version=drafts.version_of(found)), 409
    db.session.commit()
    return jsonify(version=version, saved=format_time(found.draft_at, "HH:mm:ss") if found.draft_at else "", proposed=proposed(found, form))


@desk.post("/calls/by-hand")
@needs("calls")
def call_by_hand():
    """The reader is on the phone without telephony of ours: the same form for him."""
    made = services.by_hand(actor(), request.form.get("key", "")[:40] or secrets.token_urlsafe(12))
    db.session.commit()
    return redirect(url_for("desk.calls", call_id=made.id))


@desk.post("/calls/take")
@needs("calls")
def call_take():
    """Answer whoever has waited longest."""
    waiting = queries.longest_waiting(locked=True)
    if waiting is None:
        flash(_("Nobody is waiting."), "warning")
        return redirect(url_for("desk.calls"))
    services.take(waiting, actor())
    db.session.commit()
    return redirect(url_for("desk.calls", call_id=waiting.id))


@desk.get("/calls/next")
@needs("calls")
def call_next():
    """The next call: the one in hand, else whoever has waited longest, else the empty desk."""
    following = queries.in_hand(actor().id) or queries.longest_waiting()
    return redirect(url_for("desk.calls", call_id=following.id) if following else url_for("desk.calls"))


@desk.get("/calls/board")
@needs("calls")
def call_board():
    """What changes by itself, asked for every three seconds: the calls on the left, today's line, the words of the opened call."""
    opened = db.session.get(Call, min(request.args.get("call", 0, type=int), BIGGEST_ID))
    groups = board.groups(opened.id if opened else None)
    words = said.so_far(opened) if opened and page.may_read(opened, actor()) else None
    return jsonify(calls=render_template("desk/calls/_board.html", groups=groups),
                   today=render_template("desk/calls/_today.html", today=board.today()),
                   said=None if words is None else render_template("desk/calls/_said.html", said=words),
                   waiting=sum(len(group["rows"]) for group in groups if group["key"] == "waiting"))


call_board.by_itself = True  # the page asks, not the person: it must not keep him signed in

"""One transcript: the conversation, its doubts, and the decision about each of them."""
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.db import db
from core.errors import DomainError
from desk.blueprint import actor, desk, needs
from desk.shown.presenters import ticket_url
from desk.transcripts import shown
from hotline.models import Transcript
from hotline.transcripts import confirming, queries, services
from tickets import case_number

PROPOSED = "proposed:"


@desk.get("/transcripts/<id:transcript_id>")
@needs("transcripts")
def transcript(transcript_id: int):
    """The conversation with what must be confirmed, and the transcript as it came."""
    found = queries.seen_by(actor(), transcript_id)
    return _page(found)


@desk.post("/transcripts/<id:transcript_id>")
@needs("transcripts")
def transcript_decide(transcript_id: int):
    """One doubt is decided: as it was heard, as proposed, or as somebody typed it; or all of its turn as heard."""
    found = queries.seen_by(actor(), transcript_id, lock=True)
    number = request.form.get("mark", -1, type=int)
    back = _back(found)
    try:
        _decide(found, number)
    except DomainError as error:
        db.session.rollback()
        flash(str(error.message), "error")
        return redirect(back(mark=number))
    db.session.commit()
    if not confirming.waiting(found.marks):
        flash(_("Everything that had to be confirmed is confirmed."), "success")
    return redirect(back(mark=confirming.following(found.marks, number)))


def _decide(found: Transcript, number: int) -> None:
    if request.form.get("choice") == "turn":
        services.decide_turn(actor(), found, number)
    else:
        services.decide(actor(), found, number, _chosen(found, number))


def _chosen(found: Transcript, number: int) -> str:
    """The words that the pressed button stands for; empty for what is not there."""
    mark = found.marks[number] if 0 <= number < len(found.marks) else {"text": "", "proposed": []}
    choice = request.form.get("choice", "")
    if choice == "heard":
        return mark["text"]
    if choice == "any":  # nobody can tell which of them: whoever may be meant is kept away from the matter
        return " / ".join(dict.fromkeys([mark["text"], *mark["proposed"]]))
    place = choice.removeprefix(PROPOSED)
    if choice.startswith(PROPOSED) and place.isdecimal() and int(place) < len(mark["proposed"]):
        return mark["proposed"][int(place)]
    return request.form.get("typed", "") if choice == "typed" else ""


def _back(found: Transcript):
    """How the page is addressed from which the decision came."""
    ticket = queries.ticket_of(found)
    if request.form.get("back") == "triage" and ticket is not None and ticket.state == "received":
        return lambda mark: url_for("desk.triage", case=ticket.case_no, talk=found.id, mark=mark, _anchor="doubt")
    return lambda mark: url_for("desk.transcript", transcript_id=found.id, mark=mark, _anchor="doubt")


def _page(found: Transcript):
    ticket, stored = queries.ticket_of(found), queries.record_of(found)
    number = case_number.show((ticket or stored).case_no) if ticket or stored else ""
    talk = shown.talk(found, request.args.get("mark", type=int))
    if ticket is not None and not ticket.is_open:
        talk = replace(talk, doubt=None)
    return render_template("desk/transcript.html", found=found, ticket=ticket, number=number, ticket_url=ticket_url(ticket) if ticket else None,
                           talk=talk, facts=shown.facts(found))

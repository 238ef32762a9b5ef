"""Taking a transcript in: paste or upload, look at the conversation, file it."""
import hashlib
import json
import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.db import db
from desk.blueprint import actor, desk, needs
from desk.transcripts import shown, words
from desk.transcripts.forms import TranscriptForm
from hotline.transcripts import reading, services
from hotline.transcripts.encoding import decode
from hotline.transcripts.reading import Reading
from hotline.transcripts.speakers import role
from hotline.transcripts.turns import MOST_BYTES, Unreadable, spoken_by
from tickets import case_number

ROLE = "role-"  # and the number of the label in the transcript


@desk.route("/transcripts/new", methods=["GET", "POST"])
@needs("transcripts")
def transcript_new():
    """The form; with words in it the conversation that they make; then it is filed."""
    if request.method == "GET":
        return _page(TranscriptForm(key=secrets.token_urlsafe(12)))
    form = TranscriptForm()
    found = _read(form)
    if found is None or not form.validate():
        return _page(form, found, 422)
    if request.form.get("step") != "file":
        return _page(form, found)
    return _file(form, found)


def _read(form: TranscriptForm) -> Reading | None:
    """The conversation; without one the reason stands at the field, and what can be kept of a file stands in the text."""
    field, name = form.text, ""
    try:
        if form.upload.data:
            field, name = form.upload, form.upload.data.filename
            form.filename.data, form.text.data = name, decode(form.upload.data.read(MOST_BYTES + 1))
        found = reading.read((form.text.data or "").replace("\r\n", "\n"), name)
    except Unreadable as error:
        field.errors = [words.unreadable(error)]
        return None
    return Reading(found.format, found.original, tuple(spoken_by(found.turns, _roles(found))))


def _roles(found: Reading) -> dict[str, str]:
    """Who is who, as far as the person has said it."""
    return {label: chosen for number, label in enumerate(found.labels) if (chosen := request.form.get(f"{ROLE}{number}"))}


def _file(form: TranscriptForm, found: Reading):
    source = "upload" if form.filename.data else "paste"
    stored, made = services.file(actor(), _key(form, found), found, source, form.told(found), form.filename.data or "")
    db.session.commit()
    flash(_("Stored. Tell the retailer the number %(number)s.", number=case_number.show(stored.case_no)), "success")
    return redirect(url_for("desk.transcript", transcript_id=made.id))


def _key(form: TranscriptForm, found: Reading) -> str:
    # What is filed counts: going back in the browser and filing another call is not a repeat.
    filed = hashlib.sha256(json.dumps([found.original, form.who.data, str(form.at.data)]).encode()).hexdigest()[:16]
    return f"transcript:{actor().id}:{(form.key.data or '')[:40]}:{filed}"


def _page(form: TranscriptForm, found: Reading | None = None, status: int = 200):
    marks = [mark.as_dict() for mark in services.marks_for(found.turns, form.language.data or found.language)] if found else []
    return render_template("desk/transcript_new.html", form=form, found=found, lines=shown.conversation(found.turns, marks) if found else [], marks=marks,
                           speakers=_speakers(found) if found else [], words=words), status


def _speakers(found: Reading) -> list[tuple]:
    """(field, label, role now) of every speaker whose name does not say what he is."""
    roles = {turn.label: turn.speaker for turn in reversed(found.turns) if turn.label}
    return [(f"{ROLE}{number}", label, roles[label]) for number, label in enumerate(found.labels) if role(label) == "unknown"]

"""The answer to all children of a parent: written, looked at as it goes out, then sent."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.db import db
from core.errors import DomainError, NotAllowed
from desk.blueprint import actor, desk, needs
from desk.forms.errors import show as show_error
from desk.hot import words
from desk.hot.forms import ResolveForm
from desk.hot.parents import form_for, show
from tickets import kin
from tickets.messages import REFUSALS
from tickets.parents import Parent
from tickets.services import parenting, together


@desk.post("/parents/<id:parent_id>/resolve")
@needs("parents")
def parent_resolve(parent_id: int):
    """The cause is settled: first the finished words are shown, at the second press every child is answered by its own message."""
    found = kin.one(parent_id)
    if not parenting.may_lead(actor(), found.leaf):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    form = form_for(found)
    if not form.validate_on_submit() or request.form.get("do") == "change":
        return show(found, form)
    try:
        return _send(found, form) if request.form.get("do") == "send" else _look(found, form)
    except NotAllowed:
        raise
    except DomainError as refusal:
        db.session.rollback()
        show_error(form, refusal, {})
        return show(kin.one(parent_id), form)


def _look(found: Parent, form: ResolveForm):
    """What goes out and to how many; nothing is done."""
    _check_words(found, form)
    readers = kin.readers(found.id)
    shown = [(lang, readers[lang], together.compose(found, "shared_answer", child, lang, form.answers()).body)
             for lang, _tongue, child in words.tongues(kin.samples(found.id, actor()))]
    return render_template("desk/hot/answer_look.html", parent=found, title=words.title(found), form=form, shown=shown, shops=sum(readers.values()),
                           silent=[lang for lang in ("zh", "en") if lang not in form.answers()])


def _send(found: Parent, form: ResolveForm):
    _check_words(found, form)
    parenting.resolve(found, actor(), form.answers(), form.outcome.data, form.root_cause.data, form.remedy.data)
    db.session.commit()
    flash(_("Resolved. Each retailer is answered under his own number; nothing is closed by it."), "success")
    return redirect(url_for("desk.parent", parent_id=found.id))


def _check_words(found: Parent, form: ResolveForm) -> None:
    """The words must pass the same check as any answer, before anybody reads them."""
    for lang, parts in form.answers().items():
        together.check_words(found, lang, parts)

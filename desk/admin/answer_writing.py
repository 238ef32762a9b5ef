"""Writing standard answers: a new one, the next version of one, approving, registering with a carrier and retiring."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from answers import services
from answers.models import Answer
from catalog import queries as catalog
from core.db import db
from core.errors import DomainError, NotFound
from desk.admin import answer_view
from desk.admin.answer_forms import VersionForm, new_answer_form, registered_form, version_form
from desk.admin.answers import by_code, numbered, registering, summary
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors


@desk.route("/answers/new", methods=["GET", "POST"])
@needs("edit_answers")
def answer_new():
    """Add an answer; its words are written next."""
    form = new_answer_form()
    if form.validate_on_submit():
        try:
            row = services.add_answer(actor(), form.code.data, form.purpose.data, form.leaf.data or None)
        except DomainError as error:
            form_errors.show(form, error, {"code_taken": "code"})
        else:
            db.session.commit()
            return redirect(url_for("desk.answer_edit", code=row.code))
    return render_template("desk/answer_new.html", form=form)


@desk.route("/answers/<code>/edit", methods=["GET", "POST"])
@needs("edit_answers")
def answer_edit(code: str):
    """Write the next version: the words typed can be seen with examples before they are kept."""
    row = by_code(code)
    form = version_form(summary(row)["version"])
    if form.validate_on_submit() and request.form.get("action") == "save":
        try:
            version = services.add_version(actor(), row, (form.title_zh.data, form.title_en.data), form.typed("zh"), form.typed("en"))
        except DomainError as error:
            form_errors.show(form, error, {})
        else:
            db.session.commit()
            flash(_("Draft saved. It is used once somebody else approves it."), "success")
            return redirect(url_for("desk.answer", code=code, version=version.version))
    return _editor(row, form)


def _editor(row: Answer, form: VersionForm):
    leaf = catalog.leaf(row.leaf_code)
    titles = (("zh", form.title_zh.data or ""), ("en", form.title_en.data or ""))
    sides = [answer_view.side(lang, title, form.typed(lang), leaf) for lang, title in titles] if form.is_submitted() else []
    form.make_room()
    return render_template("desk/answer_edit.html", answer=row, form=form, sides=sides, kinds=answer_view.KINDS, why=services.LINT_WORDS)


@desk.post("/answers/<code>/versions/<id:number>/approve")
@needs("edit_answers")
def answer_approve(code: str, number: int):
    """Put a draft in force."""
    return _decide(code, number, services.approve, _("In force. From now on these words are sent."))


@desk.post("/answers/<code>/versions/<id:number>/retire")
@needs("edit_answers")
def answer_retire(code: str, number: int):
    """Take a version out of use."""
    return _decide(code, number, services.retire, _("Retired. These words are not sent any more."))


@desk.post("/answers/<code>/versions/<id:number>/registered/<gateway>")
@needs("edit_answers")
def answer_registered(code: str, number: int, gateway: str):
    """Keep under which ids a carrier has the words registered."""
    version = numbered(by_code(code), number)
    if gateway not in registering():
        raise NotFound("gateway")
    form = registered_form(version, gateway, request.form)
    if form.validate():
        services.register(actor(), version, gateway, {"zh": form.zh.data, "en": form.en.data})
        db.session.commit()
        flash(_("Kept. From now on these words go out as the registered template."), "success")
    else:
        flash(_("An id has at most 100 characters. Nothing was changed."), "error")
    return redirect(url_for("desk.answer", code=code, version=number))


def _decide(code: str, number: int, verb, words: str):
    version = numbered(by_code(code), number)
    try:
        verb(actor(), version)
    except DomainError as error:
        db.session.rollback()
        flash(error.message, "error")
    else:
        db.session.commit()
        flash(words, "success")
    return redirect(url_for("desk.answer", code=code, version=number))

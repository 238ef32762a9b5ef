"""Standard answers: the list, one answer with its versions, writing, approving and retiring."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from accounts.models import User
from accounts.permissions import may
from answers import queries, services
from answers.models import Answer, AnswerVersion
from catalog import queries as catalog
from core.db import db
from core.errors import DomainError, NotFound
from core.i18n import pick
from desk import answer_view, form_errors
from desk.answer_forms import VersionForm, new_answer_form, version_form
from desk.blueprint import actor, desk, needs


@desk.get("/answers")
@needs("answers")
def answers():
    """All answers by purpose and category, with the version in force and how often each went out."""
    purpose, leaf = request.args.get("purpose", ""), request.args.get("leaf", "")
    found = queries.listing(purpose if purpose in answer_view.PURPOSES else None, leaf or None)
    leaves = catalog.leaves(active=False)
    return render_template(
        "desk/answers.html", rows=[_row(answer) for answer in found], usage=answer_view.usage(), purposes=answer_view.PURPOSES,
        statuses=answer_view.STATUSES, leaves={row.code: row for row in leaves}, may_edit=_may_edit(),
        filters=[_filter("purpose", _("Purpose"), answer_view.PURPOSES.items(), purpose),
                 _filter("leaf", _("Category"), [(row.code, pick(row.name_zh, row.name_en)) for row in leaves], leaf)])


def _row(answer: Answer) -> dict:
    """The newest version that counts: the one in force, else the newest draft, else whatever is newest."""
    force = next((v for v in answer.versions if v.status == "approved"), None)
    draft = next((v for v in answer.versions if v.status == "draft"), None)
    return {"answer": answer, "version": force or draft or next(iter(answer.versions), None), "draft": draft}


def _filter(name: str, label: str, options, value: str) -> dict:
    return {"name": name, "label": label, "options": [("", _("All")), *options], "value": value}


@desk.get("/answers/<code>")
@needs("answers")
def answer(code: str):
    """One answer: a version in both languages side by side, and the list of its versions."""
    row = _answer(code)
    version = _version(row, request.args.get("version", type=int)) if request.args.get("version") else _row(row)["version"]
    leaf = catalog.leaf(row.leaf_code)
    sides = [answer_view.side(lang, title, version.parts(lang), leaf) for lang, title in (("zh", version.title_zh), ("en", version.title_en))] if version else []
    return render_template("desk/answer.html", answer=row, version=version, sides=sides, leaf=leaf, names=_names(row), purposes=answer_view.PURPOSES,
                           statuses=answer_view.STATUSES, kinds=answer_view.KINDS, why=services.LINT_WORDS, used=answer_view.usage().get(code, 0),
                           may_edit=_may_edit(), own=version is not None and version.author_id == current_user.id)


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
    row = _answer(code)
    form = version_form(_row(row)["version"])
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


@desk.post("/answers/<code>/versions/<int:number>/approve")
@needs("edit_answers")
def answer_approve(code: str, number: int):
    """Put a draft in force."""
    return _decide(code, number, services.approve, _("In force. From now on these words are sent."))


@desk.post("/answers/<code>/versions/<int:number>/retire")
@needs("edit_answers")
def answer_retire(code: str, number: int):
    """Take a version out of use."""
    return _decide(code, number, services.retire, _("Retired. These words are not sent any more."))


def _decide(code: str, number: int, verb, words: str):
    version = _version(_answer(code), number)
    try:
        verb(actor(), version)
    except DomainError as error:
        db.session.rollback()
        flash(error.message, "error")
    else:
        db.session.commit()
        flash(words, "success")
    return redirect(url_for("desk.answer", code=code, version=number))


def _answer(code: str) -> Answer:
    row = db.session.scalar(select(Answer).filter_by(code=code))
    if row is None:
        raise NotFound("answer")
    return row


def _version(row: Answer, number: int | None) -> AnswerVersion:
    found = next((version for version in row.versions if version.version == number), None)
    if found is None:
        raise NotFound("version")
    return found


def _names(row: Answer) -> dict[int, str]:
    ids = {user_id for version in row.versions for user_id in (version.author_id, version.approver_id) if user_id}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


def _may_edit() -> bool:
    return may(current_user.roles, "edit_answers")

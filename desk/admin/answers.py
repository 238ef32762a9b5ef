"""Standard answers as they are read: the list, and one answer with its versions."""
from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from accounts.models import User
from accounts.permissions import may
from answers import queries, services
from answers.models import Answer, AnswerVersion
from catalog import queries as catalog
from core.db import db
from core.errors import NotFound
from core.i18n import pick
from desk.admin import answer_view
from desk.admin.answer_forms import registered_form
from desk.blueprint import actor, desk, needs
from gateways import routed


@desk.get("/answers")
@needs("answers")
def answers():
    """All answers by purpose and category, with the version in force and how often each went out."""
    purpose, leaf = request.args.get("purpose", ""), request.args.get("leaf", "")
    found = queries.listing(purpose if purpose in answer_view.PURPOSES else None, leaf or None)
    leaves = catalog.leaves(active=False)
    return render_template(
        "desk/answers.html", rows=[summary(answer) for answer in found], usage=answer_view.usage(actor()), purposes=answer_view.PURPOSES,
        statuses=answer_view.STATUSES, leaves={row.code: row for row in leaves}, may_edit=_may_edit(),
        filters=[_filter("purpose", _("Purpose"), answer_view.PURPOSES.items(), purpose),
                 _filter("leaf", _("Category"), [(row.code, pick(row.name_zh, row.name_en)) for row in leaves], leaf)])


def summary(answer: Answer) -> dict:
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
    row = by_code(code)
    version = numbered(row, request.args.get("version", type=int)) if request.args.get("version") else summary(row)["version"]
    leaf = catalog.leaf(row.leaf_code)
    titles = (("zh", version.title_zh), ("en", version.title_en)) if version else ()
    sides = [answer_view.side(lang, title, version.parts(lang), leaf) for lang, title in titles]
    return render_template("desk/answer.html", answer=row, version=version, sides=sides, leaf=leaf, names=_names(row), purposes=answer_view.PURPOSES,
                           statuses=answer_view.STATUSES, kinds=answer_view.KINDS, why=services.LINT_WORDS, used=answer_view.usage(actor()).get(code, 0),
                           registered=[(gateway, registered_form(version, gateway)) for gateway in registering() if version and _may_edit()],
                           may_edit=_may_edit(), own=version is not None and version.author_id == current_user.id)


def registering() -> list[str]:
    """The gateways that send registered words only."""
    return routed.demanding(current_app.extensions["gateways"]["sms"])


def by_code(code: str) -> Answer:
    """The answer with this code. NotFound if there is none."""
    row = db.session.scalar(select(Answer).filter_by(code=code))
    if row is None:
        raise NotFound("answer")
    return row


def numbered(row: Answer, number: int | None) -> AnswerVersion:
    """The version with this number. NotFound if there is none."""
    found = next((version for version in row.versions if version.version == number), None)
    if found is None:
        raise NotFound("version")
    return found


def _names(row: Answer) -> dict[int, str]:
    ids = {user_id for version in row.versions for user_id in (version.author_id, version.approver_id) if user_id}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


def _may_edit() -> bool:
    return may(current_user.roles, "edit_answers")

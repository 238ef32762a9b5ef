"""Finding the standard answer for a purpose."""
from sqlalchemy.orm import selectinload

from answers.models import Answer, AnswerVersion
from core.db import db


def approved(purpose: str, leaf_code: str | None = None) -> list[AnswerVersion]:
    """Approved versions for a purpose: those of the leaf first, then those for every leaf; the newest of each answer."""
    rows = db.session.scalars(
        db.select(AnswerVersion).join(Answer)
        .where(Answer.purpose == purpose, AnswerVersion.status == "approved",
               db.or_(Answer.leaf_code.is_(None), Answer.leaf_code == leaf_code))
        .order_by(Answer.leaf_code.is_(None), Answer.code, AnswerVersion.version.desc()))
    newest: dict[int, AnswerVersion] = {}
    for row in rows:
        newest.setdefault(row.answer_id, row)
    return list(newest.values())


def first(purpose: str, leaf_code: str | None = None) -> AnswerVersion | None:
    """The version that a machine uses for a purpose, or None."""
    return next(iter(approved(purpose, leaf_code)), None)


def version(version_id: int | None) -> AnswerVersion | None:
    """One version by id, whatever its status."""
    return db.session.get(AnswerVersion, version_id) if version_id else None


def listing(purpose: str | None = None, leaf_code: str | None = None) -> list[Answer]:
    """All answers, for the page; filtered if asked."""
    query = db.select(Answer).options(selectinload(Answer.versions)).order_by(Answer.leaf_code.is_not(None), Answer.leaf_code, Answer.code)
    if purpose:
        query = query.where(Answer.purpose == purpose)
    if leaf_code:
        query = query.where(Answer.leaf_code == leaf_code)
    return list(db.session.scalars(query))

"""Loading the standard answers of a pack."""
from collections import Counter
from pathlib import Path

import yaml
from sqlalchemy import select

from answers import services
from answers.models import Answer
from core import clock, yaml_file
from core.actor import SYSTEM
from core.db import db
from core.errors import DomainError

WORDS = ("title_zh", "title_en", "parts_zh", "parts_en")


def load_answers(folder: Path, refresh: bool = False) -> Counter:
    """Load `folder`/answers/*.yaml as approved answers, in the present transaction; counts of added, changed and kept.

    An answer that is there stays as people edited it; with `refresh` other words in the pack become its next version.
    Raises DomainError `bad_pack`, `bad_placeholder` or `placeholders_differ`.
    """
    known = {answer.code: answer for answer in db.session.scalars(select(Answer))}
    return Counter(_load(known, entry, refresh) for path in sorted((folder / "answers").glob("*.yaml")) for entry in _read(path))


def _read(path: Path) -> list[dict]:
    try:
        return yaml_file.read(path) or []
    except yaml.YAMLError as error:
        raise DomainError("bad_pack", f"{path}: {error}") from None


def _load(known: dict[str, Answer], entry: dict, refresh: bool) -> str:
    answer = known.get(entry["code"])
    if answer is None:
        answer = Answer(code=entry["code"], purpose=entry["purpose"], leaf_code=entry["leaf"])
        db.session.add(answer)
        _approve(answer, entry)
        return "added"
    newest = answer.versions[0] if answer.versions else None
    if not refresh or (newest and all(getattr(newest, name) == entry[name] for name in WORDS)):
        return "kept"
    _approve(answer, entry)
    return "changed"


def _approve(answer: Answer, entry: dict) -> None:
    """A pack was approved by whoever published it, so its words have neither author nor approver here."""
    for older in answer.versions:
        older.status = "retired"
    version = services.add_version(SYSTEM, answer, (entry["title_zh"], entry["title_en"]), entry["parts_zh"], entry["parts_en"])
    version.status, version.approved_at = "approved", clock.now()

"""Loading what a pack knows about words: cues and example sentences."""
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert

from catalog.loader import read
from catalog.models import Leaf
from core import clock
from core.db import db
from core.errors import DomainError
from core.upsert import put
from triage.duplicates import names
from triage.duplicates.subjects import Subject
from triage.duplicates.vocabulary import Vocabulary
from triage.models import TriageCue, TriageExample

_LEAF = re.compile(r"[^.-]+(?:\.[^.-]+)?")  # GROUP.NAME, whatever follows


def load_triage(folder: Path, refresh: bool = False) -> Counter:
    """Load `folder`/triage.yaml, subjects.yaml and the examples below it, in the present transaction. Raises DomainError `bad_pack`.

    Examples are only added: what a person took out of a pack's list comes back when that pack is loaded again.
    """
    done = Counter(put(TriageCue, key, values, refresh) for key, values in (*_cues(read(folder / "triage.yaml")), *_subjects(folder)))
    rows = [{"text": text, "leaf_code": leaf, "at": clock.now()} for leaf, text in examples(folder)]
    unknown = {row["leaf_code"] for row in rows} - set(db.session.scalars(db.select(Leaf.code)))
    if unknown:
        raise DomainError("bad_pack", f"{folder}: examples of unknown categories {', '.join(sorted(unknown))}")
    return done + _add(rows)


def load_subjects(folder: Path) -> Counter:
    """Add the subjects that are missing; those that are there stay as people edited them."""
    return Counter(put(TriageCue, key, values, refresh=False) for key, values in _subjects(folder))


def examples(folder: Path) -> Iterator[tuple[str, str]]:
    """(leaf, text) of every example of a pack: `examples/LANGUAGE/LEAF.txt`, one a line, comments begin with #.

    Several hands write in folders or files of their own: `examples/LANGUAGE-NAME/`, folders below the language,
    `LEAF.whatever.txt`, `LEAF-whatever.txt`.
    """
    for path in sorted(folder.glob("examples/*/**/*.txt")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip() and not line.startswith("#"):
                yield _LEAF.match(path.stem)[0], line.strip()


def vocabulary(folder: Path) -> Vocabulary:
    """What a pack sells and speaks of, for whoever compares texts without a database."""
    listed = names.spellings((entry["name_zh"], entry["name_en"]) for entry in read(folder / "catalog.yaml").get("products", ()))
    return Vocabulary(listed, tuple(Subject(key["code"], tuple(values["words"]), values["common"]) for key, values in _subjects(folder)))


def _cues(content: dict) -> Iterator[tuple[dict, dict]]:
    for kind in ("severity", "outcome"):
        for position, entry in enumerate(content.get(kind, ())):
            names = {name: entry.get(name, "") for name in ("name_zh", "name_en", "severity", "when")}
            yield {"kind": kind, "code": entry["code"]}, names | {
                "words": [str(word) for word in entry["words"]], "leaves": entry.get("leaves", []), "position": position}


def _subjects(folder: Path) -> Iterator[tuple[dict, dict]]:
    for position, entry in enumerate(read(folder / "subjects.yaml").get("subjects", ())):
        yield {"kind": "subject", "code": entry["code"]}, {
            "name_zh": entry["name_zh"], "name_en": entry["name_en"], "words": [str(word) for word in entry["words"]],
            "common": entry.get("common", False), "position": position}


def _add(rows: list[dict]) -> Counter:
    if not rows:
        return Counter()
    added = db.session.execute(
        insert(TriageExample).on_conflict_do_nothing(index_elements=[sql("md5(text)")], index_where=sql("ticket_id IS NULL"))
        .returning(TriageExample.id), rows).all()
    return Counter(added=len(added), kept=len(rows) - len(added))

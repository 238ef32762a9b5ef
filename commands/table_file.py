"""Reading a CSV or JSONL file as rows of our fields, with the columns mapped by whoever imports it."""
import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask_babel import gettext as _

ENCODINGS = ("utf-8-sig", "gb18030")  # the second is what spreadsheets in China write
SURPLUS = "\0surplus"  # no column can be called that: a zero byte is refused


@dataclass(frozen=True)
class Row:
    """One row: the line on which it begins, what it says as it came, our fields, and why it cannot be read (or nothing)."""

    line: int
    raw: dict
    values: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass
class Table:
    """A file with its mapping: `columns` names for each field of ours theirs ("title+text" joins two), `defaults` its value if empty."""

    path: Path
    columns: Mapping[str, str]
    defaults: Mapping[str, str]
    seen: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        """Every row in order; one that cannot be read carries its fault."""
        with self.path.open(encoding=encoding_of(self.path), newline="") as file:
            for row in READERS[self.path.suffix.lower()](file):
                self.seen.update(row.raw)
                yield row if row.fault else Row(row.line, row.raw, self._ours(row.raw), _zero(row.raw))

    def unseen(self) -> list[str]:
        """Mapped columns that no row has: most likely a slip in the mapping."""
        return sorted({part for theirs in self.columns.values() for part in theirs.split("+")} - self.seen)

    def _ours(self, raw: dict) -> dict[str, str]:
        texts = {name: _text(value) for name, value in raw.items()}
        for ours, theirs in self.columns.items():
            texts[ours] = "\n".join(text for text in (_text(raw.get(part)) for part in theirs.split("+")) if text)
        return texts | {name: value for name, value in self.defaults.items() if not texts.get(name)}


def encoding_of(path: Path) -> str:
    """UTF-8 if the whole file is that, else GB 18030."""
    try:
        with path.open(encoding=ENCODINGS[0]) as file:
            for _line in file:
                pass
    except UnicodeDecodeError:
        return ENCODINGS[1]
    return ENCODINGS[0]


def count_lines(path: Path) -> int:
    """How many lines the file has, for a progress bar."""
    with path.open("rb") as file:
        return sum(1 for _line in file)


def _csv(file) -> Iterator[Row]:
    reader = csv.DictReader(file, restkey=SURPLUS)
    line = 2
    for raw in reader:
        fault = _("This row has more columns than the head of the table.") if SURPLUS in raw else ""
        yield Row(line, {name: value for name, value in raw.items() if name != SURPLUS}, fault=fault)
        line = reader.line_num + 1


def _jsonl(file: Iterable[str]) -> Iterator[Row]:
    for line, text in enumerate(file, 1):
        if text.strip():
            yield _json_row(line, text)


def _json_row(line: int, text: str) -> Row:
    try:
        raw = json.loads(text)
    except ValueError as error:
        return Row(line, {"line": text.rstrip("\n")}, fault=_("This line is not JSON: %(why)s", why=str(error)))
    if not isinstance(raw, dict):
        return Row(line, {"line": raw}, fault=_("This line is not a JSON object."))
    return Row(line, raw)


def _text(value) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _zero(raw: dict) -> str:
    # PostgreSQL keeps no zero byte, neither in text nor in JSON.
    return _("This row contains a zero byte.") if "\\u0000" in json.dumps(raw) else ""


READERS = {".csv": _csv, ".jsonl": _jsonl}

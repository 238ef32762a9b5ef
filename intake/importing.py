"""Taking in complaints from a file of another system: each row becomes one arrival, once, however often the file comes."""
import hashlib
import json
import re
from collections import Counter
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from catalog import queries as catalog
from catalog.models import SEVERITIES
from core import clock, organisation
from core.errors import DomainError
from core.phone import InvalidPhone, normalise
from intake import services
from intake.submission import KINDS

TEXTS = ("shop", "name", "email", "order_no", "occurred", "wish")
FIELDS = ("text", "leaf", "severity", "kind", "desired", "received_at", "language", "phone", *TEXTS)
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S")
CHANNEL = "file"
CJK = re.compile(r"[\u3400-\u9fff]")
SLACK = timedelta(minutes=5)  # clocks of two machines differ


class ComplaintImport:
    """Takes rows one by one. `id_column` is their column with a number for each complaint; without one, equal rows are
    told apart by counting them. `external_ids` is what all rows taken so far are known by.
    """

    def __init__(self, id_column: str = ""):
        self.id_column = id_column
        self.external_ids: list[str] = []
        self._equal: Counter = Counter()
        self._leaves = {name.casefold(): leaf.code for leaf in catalog.leaves() for name in (leaf.name_en, leaf.name_zh, leaf.code)}
        self._desired = {code.code for code in catalog.codes("desired_outcome")}

    def take(self, values: dict[str, str], raw: dict) -> str:
        """Store one row; returns stored or known. Raises DomainError saying what is wrong with it."""
        external_id = self._external_id(raw)
        ours = self._ours(values)
        _record, new = services.store(CHANNEL, external_id, ours | {"row": raw}, received_at=_received(values.get("received_at")))
        self.external_ids.append(external_id)
        return "stored" if new else "known"

    def _external_id(self, raw: dict) -> str:
        if self.id_column:
            given = raw.get(self.id_column)
            given = "" if given is None else str(given).strip()
            if not given:
                raise DomainError("no_id", _l("The column %(name)s is empty.", name=self.id_column))
            return given
        digest = hashlib.sha256(json.dumps(raw, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        self._equal[digest] += 1
        return f"{digest}-{self._equal[digest]}"

    def _ours(self, values: dict[str, str]) -> dict:
        if not values.get("text"):
            raise DomainError("no_text", _l("The row does not say what happened."))
        return {name: value for name, value in {
            "text": values["text"], "leaf": self._leaf(values.get("leaf")), "phone": _phone(values.get("phone")),
            "severity": _one_of(values.get("severity"), SEVERITIES), "kind": _one_of(values.get("kind"), KINDS),
            "desired": _one_of(values.get("desired"), self._desired),
            "language": _one_of(values.get("language"), ("zh", "en")) or ("zh" if CJK.search(values["text"]) else "en"),
            **{name: values.get(name) for name in TEXTS}}.items() if value}

    def _leaf(self, text: str | None) -> str | None:
        """The code of a category named by code or by its name in either language; without one the hotline decides."""
        if not text:
            return None
        if text.casefold() not in self._leaves:
            raise DomainError("unknown_leaf", _l("There is no category %(name)s.", name=text))
        return self._leaves[text.casefold()]


def _one_of(text: str | None, known) -> str | None:
    if not text or text in known:
        return text or None
    raise DomainError("unknown_value", _l("%(text)s is not one of: %(known)s", text=text, known=", ".join(sorted(known))))


def _phone(text: str | None) -> str | None:
    try:
        return normalise(text) if text else None
    except InvalidPhone:
        raise DomainError("bad_phone", _l("This is not a phone number: %(text)s", text=text)) from None


def _received(text: str | None) -> datetime | None:
    """An instant; without a zone it is the organisation's time."""
    if not text:
        return None
    at = _moment(text)
    if at.utcoffset() is None:
        at = at.replace(tzinfo=organisation.zone())
    if at > clock.now() + SLACK:
        raise DomainError("in_the_future", _l("This time has not come yet: %(text)s", text=text))
    return at


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in DAYS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    raise DomainError("bad_time", _l("This is not a time (2026-05-31 14:05): %(text)s", text=text))

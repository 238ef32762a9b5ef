"""One request at a door of ours, as it came: enough to check it, to take it in, and to keep it for later (pure)."""
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import parse_qsl

from werkzeug.datastructures import Headers, MultiDict

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 500
DEEPEST = 100  # lists within lists; where Python itself gives up differs from version to version


@dataclass(frozen=True)
class Knock:
    """`url` is what the sender signed: our public address with the path exactly as he wrote it. `rest` is the part of the path after the door's own.

    `admitted` says that a person let it in after its proof had failed.
    """

    door: str
    url: str
    body: bytes
    headers: Headers
    remote: str
    at: datetime
    rest: str = ""
    admitted: bool = False

    @property
    def content_type(self) -> str:
        """The kind of the body, in small letters and without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 become replacement characters."""
        return self.body.decode("utf-8", "replace")

    @cached_property
    def form(self) -> MultiDict:
        """The fields of a form as they were sent, repeated and empty ones too; empty for any other body."""
        if self.content_type != FORM:
            return MultiDict()
        try:
            return MultiDict(parse_qsl(self.text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except ValueError:
            return MultiDict()

    @cached_property
    def json(self):
        """The value of a JSON body as it can be stored; None where it is none."""
        try:
            return _storable(json.loads(self.body, parse_constant=_refuse))
        except (ValueError, RecursionError):
            return None

    def value(self, name: str) -> str:
        """A field without the NUL that no text column can hold; empty if it is missing."""
        return self.form.get(name, "").replace("\0", "")

    def fields(self) -> dict[str, str]:
        """Every field as it can be stored: the first value of each, without NUL."""
        return {name.replace("\0", ""): value.replace("\0", "") for name, value in self.form.items()}


def _storable(value, depth: int = 0):
    """The same without what PostgreSQL cannot hold: NUL, and halves of characters that JSON can name but nobody can write.

    Raises ValueError where lists or objects stand within more than DEEPEST others.
    """
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(one, depth + 1) for name, one in value.items()}
    return value


def _refuse(constant: str):
    raise ValueError(f"{constant} is no JSON")  # Python reads NaN and Infinity, PostgreSQL does not


@dataclass(frozen=True)
class Answer:
    """What the machine outside is told."""

    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    status: int = 204


def twiml(response) -> Answer:
    """An answer in Twilio's markup, from one of its response objects."""
    return Answer(str(response), "text/xml; charset=utf-8", 200)

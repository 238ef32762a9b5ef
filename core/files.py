"""Photos and documents: the rows, the storage behind a named setting, and the check of what a file really is."""
import hashlib
import io
import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import lazy_gettext as _l
from PIL import Image
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.db import Numbered, db
from core.errors import DomainError

MAX_BYTES = 8 * 1024 * 1024
MAX_FILES = 4
IMAGE_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
MAX_PIXELS = 60_000_000
# How sound begins, by its kind: RIFF with WAVE in it, an ID3 tag, or the first frame of an MPEG stream.
SOUNDS = (("audio/wav", re.compile(rb"RIFF.{4}WAVE", re.DOTALL)), ("audio/mpeg", re.compile(rb"ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]")))


class Attachment(Numbered, db.Model):
    """One stored file. Until a submission takes it, it waits under `upload_token`; a sweep removes what nobody took."""

    storage_key: Mapped[str] = mapped_column(unique=True)
    filename: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    upload_token: Mapped[str | None] = mapped_column(index=True)
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake_record.id", use_alter=True), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", use_alter=True), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", use_alter=True), index=True)


class Storage(Protocol):
    """Where the bytes live."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`."""

    def get(self, key: str) -> bytes:
        """The bytes under `key`; FileNotFoundError if there are none."""

    def delete(self, key: str) -> None:
        """Forget `key`; unknown keys are fine."""


class FolderStorage:
    """Files in a folder: one machine, or a shared mount."""

    def __init__(self, root: Path):
        self.root = root

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / key

    def put(self, key: str, data: bytes) -> None:
        """Write beside, then rename: a crash leaves no half file."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_bytes(data)
        half.rename(path)

    def get(self, key: str) -> bytes:
        """Read the file."""
        return self._path(key).read_bytes()

    def delete(self, key: str) -> None:
        """Remove the file if it is there."""
        self._path(key).unlink(missing_ok=True)


def open_storage(url: str) -> Storage:
    """The storage named by STORAGE_URL: file:///absolute/folder. ValueError for an unknown scheme."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise ValueError(f"STORAGE_URL: unknown scheme {parts.scheme!r}; use file:///folder")
    return FolderStorage(Path(parts.path))


def storage() -> Storage:
    """The application's storage."""
    return current_app.extensions["storage"]


def image_type(data: bytes) -> str:
    """The content type of an image by its content, never by its name. DomainError `not_an_image` for anything else."""
    try:
        kind = _decoded(data)
    except Exception:  # the decoders raise a dozen kinds of error for broken data, and each of them means the same here
        kind = None
    if kind is None:
        raise DomainError("not_an_image", _l("This file cannot be opened as a photo. Please use a JPG, PNG or WebP, or a screenshot."))
    return IMAGE_TYPES[kind]


def _decoded(data: bytes) -> str | None:
    # To the last pixel: half a photo has a good head. Too many pixels are refused before they take memory.
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        if image.format not in IMAGE_TYPES or width * height > MAX_PIXELS:
            return None
        image.load()
        return image.format


def store_image(data: bytes, filename: str, **owner) -> Attachment:
    """Check and keep one photo; `owner` names upload_token, intake_id, ticket_id or message_id.

    Raises DomainError `too_big` (over 8 MB), `empty_file` or `not_an_image`.
    """
    if len(data) > MAX_BYTES:
        raise DomainError("too_big", _l("This photo is larger than 8 MB. Please take a smaller one."))
    if not data:
        raise DomainError("empty_file", _l("This photo is empty. Please choose it again."))
    return _keep(data, filename, image_type(data), **owner)


def audio_type(data: bytes) -> str:
    """The content type of a recording by its content. DomainError `not_audio` for anything else."""
    kind = next((kind for kind, begins in SOUNDS if begins.match(data)), None)
    if kind is None:
        raise DomainError("not_audio", _l("This file is no recording that can be played."))
    return kind


def store_audio(data: bytes, filename: str, **owner) -> Attachment:
    """Check and keep one recording. Raises DomainError `not_audio`."""
    return _keep(data, filename, audio_type(data), **owner)


def _keep(data: bytes, filename: str, content_type: str, **owner) -> Attachment:
    key = secrets.token_hex(16)
    storage().put(key, data)
    name = Path(filename.replace("\0", "").replace("\\", "/")).name
    row = Attachment(storage_key=key, filename=name[:120] or "photo", content_type=content_type,
                     size=len(data), sha256=hashlib.sha256(data).hexdigest(), created_at=clock.now(), **owner)
    db.session.add(row)
    db.session.flush()
    return row


def waiting(upload_token: str) -> list[Attachment]:
    """Photos uploaded with a form that was not accepted yet, oldest first."""
    return list(db.session.scalars(db.select(Attachment).filter_by(upload_token=upload_token, intake_id=None, ticket_id=None)
                                   .order_by(Attachment.id)))


def discard(attachment: Attachment) -> None:
    """Remove a file and its row."""
    storage().delete(attachment.storage_key)
    db.session.delete(attachment)

"""Photos that come with a form: the good ones are kept through an error, the bad ones named one by one."""
import hashlib
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageOps
from werkzeug.datastructures import FileStorage

from core import files
from core.errors import DomainError
from core.files import MAX_BYTES, MAX_FILES, Attachment

MOST_TRIED = 20
SAVED_AS = {"MPO": "JPEG"}  # a telephone's JPEG with further pictures in it: only the first is the photo


@dataclass(frozen=True)
class Photo:
    """A photo as it was sent; `digest` is the mark by which it is known again."""

    name: str
    data: bytes
    digest: str


def sent(uploads: Iterable[FileStorage]) -> list[Photo]:
    """The photos of a form that are looked at, read once; an empty file field sends one without a name."""
    chosen = [upload for upload in uploads or () if isinstance(upload, FileStorage) and upload.filename][:MOST_TRIED]
    return [_read(upload) for upload in chosen]


def _read(upload: FileStorage) -> Photo:
    data = upload.stream.read(MAX_BYTES + 1)
    return Photo(upload.filename, data, hashlib.sha256(data).hexdigest())


def take(photos: Iterable[Photo], upload_token: str, removed: Collection[str] = (), brought: Collection[str] = ()) -> list[str]:
    """Keep the photos just sent under `upload_token`, drop those ticked for removal; returns a sentence for each bad one.

    `brought` are the marks of photos that came with this form before.
    """
    for attachment in files.waiting(upload_token):
        if str(attachment.id) in removed:
            files.discard(attachment)
    kept = {attachment.sha256 for attachment in files.waiting(upload_token)} | set(brought)
    return [fault for photo in photos if (fault := _keep(photo, upload_token, kept))]


def valid(form, faults: list[str]) -> bool:
    """Check the whole form, and put what is wrong with its photos where the person looks for it."""
    fine = form.validate()
    form.photos.errors = [*form.photos.errors, *faults]
    return fine and not faults


def _keep(photo: Photo, upload_token: str, kept: set[str]) -> str | None:
    if photo.digest in kept:
        return None  # the page was reloaded and sent the same photo again
    try:
        if len(kept) >= MAX_FILES:
            raise DomainError("too_many", _("No more than %(most)s photos can be sent.", most=MAX_FILES))
        files.store_image(photo.data, photo.name, upload_token=upload_token)
    except DomainError as error:
        return _("“%(name)s” was not added. %(why)s", name=photo.name[-40:], why=str(error.message))
    kept.add(photo.digest)
    return None


def anonymise(attachment: Attachment, number: int) -> None:
    """Take off what a photo says about its maker: place, time and camera in its metadata, and its file name."""
    with Image.open(io.BytesIO(files.storage().get(attachment.storage_key))) as image:
        kind, upright, clean = SAVED_AS.get(image.format, image.format), ImageOps.exif_transpose(image), io.BytesIO()
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.palette is not None:
        bare.putpalette(upright.getpalette())
    bare.save(clean, kind, quality=90)
    data = clean.getvalue()
    files.storage().put(attachment.storage_key, data)
    attachment.filename, attachment.size = f"photo-{number}.{kind.lower()}", len(data)
    attachment.sha256 = hashlib.sha256(data).hexdigest()

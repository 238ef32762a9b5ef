"""A form that is filled in, and photos to go with it."""
import io

from PIL import Image

from core.db import db
from intake.models import IntakeRecord
from tests.pages import Page, PageClient

FILLED = {"what": "The delivery was two cartons short.", "shop": "Laojiekou Grocery", "phone": "138 0013 8000", "wish": "Bring them"}


def file_complaint(client: PageClient, **fields) -> Page:
    """Fill in the form and send it; the receipt."""
    return client.submit(client.get("/"), **(FILLED | fields))


def records() -> list[IntakeRecord]:
    """Everything that was stored, the oldest first."""
    return list(db.session.scalars(db.select(IntakeRecord).order_by(IntakeRecord.id)))


def picture(kind: str = "PNG", colour: str = "red", **more) -> bytes:
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, kind, **more)
    return out.getvalue()


def upload(*photos: bytes, name: str = "note.png") -> dict:
    """The files part of a form."""
    return {"photos": [(io.BytesIO(data), name) for data in photos]}

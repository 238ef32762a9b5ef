"""The retailer's own photos."""
from flask import Response

from core import files
from core.errors import NotFound
from core.pages import public
from portal import case
from portal.blueprint import portal


@portal.get("/t/<token>/photo/<int:photo_id>")
@public
def photo(token: str, photo_id: int):
    """One photo that the retailer sent with this case; anything else does not exist."""
    for attachment in case.by_token(token).attachments:
        if attachment.id == photo_id:
            return Response(files.storage().get(attachment.storage_key), mimetype=attachment.content_type,
                            headers={"Cache-Control": "private, max-age=3600"})
    raise NotFound("photo")

"""Pictures of texts in the background, and the sweep that finds those whose job was lost."""
import structlog

from core import events
from core.db import db
from core.jobs import ONCE, job
from gateways.line import LineFailure
from hotline.texts import pictures

log = structlog.get_logger()


@job("fetch_media", retry=ONCE)
def fetch_media(picture_id: int) -> None:
    """Fetch one picture: claim, commit, network, second transaction. The row itself says when another try is due."""
    wanted = pictures.claim(picture_id)
    db.session.commit()
    if wanted is not None:
        _fetch(picture_id, wanted)
        db.session.commit()
    if not pictures.tell(picture_id):
        log.info("fetch_media_says_nothing", picture=picture_id)
    db.session.commit()


def _fetch(picture_id: int, wanted: pictures.Wanted) -> None:
    try:
        fetched = pictures.fetch(wanted)
    except LineFailure as failure:
        pictures.put_off(picture_id, failure)
    else:
        pictures.keep(picture_id, fetched)


@job("sweep_media")
def sweep_media() -> None:
    """Enqueue pictures that wait to be fetched, and those that could not be had and of which the thread does not tell yet."""
    for picture_id in pictures.waiting():
        events.re_enqueue("fetch_media", picture_id)

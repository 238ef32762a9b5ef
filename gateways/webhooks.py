"""The one view behind every door: read, check, take in or put into quarantine, answer."""
from flask import Blueprint, Response, abort, current_app, request

from core import clock
from core.db import db
from core.pages import public
from gateways import doors, quarantine
from gateways.knock import Answer, Knock

MOST_BYTES = 256 * 1024
blueprint = Blueprint("hooks", __name__, url_prefix="/hooks")


@blueprint.post("/<path:path>")
@public
def knock(path: str):
    """Whatever a provider's machine sends. Without proof it gets 403 and a place in the quarantine."""
    found = doors.at(path)
    if found is None:
        abort(404)
    door, rest = found
    arrived = _knock(door.name, rest)
    why = "too_big" if len(arrived.body) > MOST_BYTES else door.refusal(arrived)
    if why is not None:
        quarantine.keep(arrived, why)
        db.session.commit()
        return _response(Answer(status=403))
    answer = door.take(arrived)
    quarantine.count(door.name, taken=1)
    db.session.commit()
    return _response(answer)


def _knock(door: str, rest: str) -> Knock:
    raw_uri = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or request.full_path.rstrip("?")
    return Knock(door=door, url=current_app.config["PUBLIC_BASE_URL"].rstrip("/") + raw_uri, body=_body(), headers=request.headers,
                 remote=request.remote_addr or "", at=clock.now(), rest=rest)


def _body() -> bytes:
    """The body as far as it is wanted, and a byte more that tells that it is too big. A chunked one comes in pieces."""
    data = bytearray()
    while len(data) <= MOST_BYTES and (piece := request.stream.read(MOST_BYTES + 1 - len(data))):
        data += piece
    return bytes(data)


def _response(answer: Answer) -> Response:
    return Response(answer.body, status=answer.status, content_type=answer.content_type)

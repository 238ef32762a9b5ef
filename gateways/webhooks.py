"""The one view behind every door: read, check, take in or put into quarantine, answer."""
from flask import Blueprint, Response, abort, current_app, request
from werkzeug.datastructures import Headers

from core import clock
from core.db import db
from core.pages import public
from gateways import doors, quarantine
from gateways.knock import FORM, Answer, Knock

MOST_BYTES = 256 * 1024
blueprint = Blueprint("hooks", __name__, url_prefix="/hooks")


@blueprint.route("/<path:path>", methods=["GET", "POST"])
@public
def knock(path: str):
    """Whatever a provider's machine sends. Without proof it gets 403 and a place in the quarantine."""
    found = doors.at(path)
    if found is None:
        abort(404)
    door, rest = found
    if request.method not in door.methods:
        abort(405)
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
    body, headers = _said()
    return Knock(door=door, url=current_app.config["PUBLIC_BASE_URL"].rstrip("/") + raw_uri, body=body, headers=headers,
                 remote=request.remote_addr or "", at=clock.now(), rest=rest)


def _said() -> tuple[bytes, Headers]:
    """What was sent, and its head. Who asks by GET says everything in the query: to all that follows that is a form."""
    if request.method == "GET":
        return request.query_string, Headers([(name, value) for name, value in request.headers if name != "Content-Type"] + [("Content-Type", FORM)])
    return _body(), request.headers


def _body() -> bytes:
    """The body as far as it is wanted, and a byte more that tells that it is too big. A chunked one comes in pieces."""
    data = bytearray()
    while len(data) <= MOST_BYTES and (piece := request.stream.read(MOST_BYTES + 1 - len(data))):
        data += piece
    return bytes(data)


def _response(answer: Answer) -> Response:
    return Response(answer.body, status=answer.status, content_type=answer.content_type)

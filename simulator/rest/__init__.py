"""The account's resources over HTTP, in the shape of Twilio's API: as much of it as the application asks for."""
import secrets
import time

from flask import Blueprint, Flask, request

from simulator.account import API, Account
from simulator.rest import answers, calls, messages, recordings, settings
from simulator.wire import Wire

QUIET = frozenset({"GET", "HEAD"})


def register(app: Flask, account: Account, wire: Wire, outgoing, live_calls: dict) -> None:
    """Put the resources into a web application."""
    blueprint = Blueprint("rest", __name__)
    blueprint.before_request(lambda: _admitted(account))
    blueprint.after_request(lambda response: _noted(account, wire, response))
    messages.add(blueprint, API + "/<account_sid>", account, outgoing)
    calls.add(blueprint, API + "/<account_sid>", account, live_calls)
    recordings.add(blueprint, API + "/<account_sid>", account)
    settings.add(blueprint, API + "/<account_sid>", account)
    app.register_blueprint(blueprint)


def _admitted(account: Account):
    given = request.authorization
    known = given is not None and given.type == "basic" and secrets.compare_digest(
        f"{given.username}:{given.password}".encode(), f"{account.sid}:{account.token}".encode())
    if not known:
        return answers.error(401, 20003)
    if request.view_args.get("account_sid", account.sid) != account.sid:
        return answers.error(404, 20404)
    failure = account.next_error()
    if failure:
        time.sleep(account.delay)
        return answers.error(*failure, "(as asked for)")
    return None


def _noted(account: Account, wire: Wire, response):
    # Lists are read all the time and would bury the rest.
    if request.method not in QUIET or response.status_code >= 400:
        said = response.get_json(silent=True) or {}
        note = " ".join(str(part) for part in (said.get("code"), said.get("message"), said.get("body"), said.get("sid")) if part)
        kind = (request.endpoint or "rest.unknown").rpartition(".")[2]
        wire.note("out", f"rest.{kind}", note=note, status=response.status_code)
    return response

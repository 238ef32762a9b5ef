"""The page's addresses: itself, its state, what is done on it, and the pictures and recordings that it shows."""
from flask import Blueprint, Flask, Response, abort, jsonify, render_template, request

from simulator import sounds
from simulator.page import actions, state
from simulator.page.words import LANGUAGES, WORDS
from simulator.server import Simulator

MOST_BYTES = 12 * 1024 * 1024
OWN = "X-Simulator"  # a page of somebody else cannot send this header here without being asked about it first


def register(app: Flask, simulator: Simulator) -> None:
    """Put the page into the simulator's web application."""
    blueprint = Blueprint("page", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    _add_page(blueprint, simulator)
    _add_files(blueprint, simulator)
    app.register_blueprint(blueprint)


def _add_page(blueprint: Blueprint, simulator: Simulator) -> None:

    @blueprint.get("/")
    def home():
        language = _language()
        return render_template("page.html", words=WORDS[language], language=language, other=next(code for code in LANGUAGES if code != language),
                               fates=actions.FATES, ways=actions.WAYS, losable=actions.LOSABLE, hotline=simulator.account.number.e164)

    @blueprint.get("/state")
    def now():
        return jsonify(state.everything(simulator, request.args.get("number", ""), request.args.get("last", 0, type=int)))

    @blueprint.post("/do/<name>")
    def do(name: str):
        if OWN not in request.headers or name not in actions.DO:
            abort(403 if OWN not in request.headers else 404)
        handset = simulator.handsets.get(request.form.get("number", "")) or next(iter(simulator.handsets.values()))
        try:
            actions.DO[name](handset, request.form, [(file.read(), file.mimetype) for file in request.files.getlist("pictures") if file.filename])
        except actions.Wrong as wrong:
            return jsonify(wrong=wrong.args[0]), 400
        return jsonify({})


def _add_files(blueprint: Blueprint, simulator: Simulator) -> None:

    @blueprint.get("/pictures/<sid>")
    def picture(sid: str):
        found = simulator.account.media.get(sid)
        if found is None or not found.content_type.startswith("image/"):
            abort(404)
        return Response(found.data, content_type=found.content_type)

    @blueprint.get("/sounds/<sid>")
    def sound(sid: str):
        found = simulator.account.recordings.get(sid)
        return Response(sounds.wav(found.pieces), content_type="audio/x-wav") if found else abort(404)


def _language() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]

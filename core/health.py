"""Is this process alive, and can it reach what it needs?"""
from flask import Blueprint, current_app, jsonify
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from core.db import db

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live():
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/ready")
def ready():
    """503 without the database. A silent queue is only told: complaints are accepted without it."""
    database = _works(lambda: db.session.execute(db.text("SELECT 1")), SQLAlchemyError)
    queue = _works(current_app.extensions["redis"].ping, RedisError)
    return jsonify(database=database, queue=queue), 200 if database else 503


def _works(call, error) -> bool:
    try:
        call()
    except error:
        return False
    return True

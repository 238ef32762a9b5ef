"""A bare Flask page that says to the database what the real form says, statement for statement, and nothing else.

No form, no session, no template, no limits, no queue: what Redress takes longer than this is what those cost.
Served by accept.py as `gunicorn "bench.bare:create_app()"`.
"""
import secrets
import threading
from urllib.parse import quote

import psycopg
from flask import Flask, redirect

import app as redress
from bench.statements import Complaint, replay
from core.queue import MemoryQueue

FORM = '<input type="hidden" name="form_key" value="{}">'


def create_app() -> Flask:
    """Record one complaint of the real application, then serve the three requests bare."""
    real = redress.create_app({"QUEUE": MemoryQueue()})
    complaint = Complaint(real)
    url = real.config["DATABASE_URL"].replace("+psycopg", "")
    here = threading.local()

    def connection() -> psycopg.Connection:
        if not hasattr(here, "connection"):
            here.connection = psycopg.connect(url)
        return here.connection
    bare = Flask("bare")

    @bare.get("/")
    def form():
        replay(connection(), complaint.form, complaint.fresh())
        return FORM.format(secrets.token_urlsafe(12))

    @bare.post("/")
    def post():
        keys = complaint.fresh()
        replay(connection(), complaint.post, keys)
        return redirect(f"/r/{quote(keys[complaint.token])}")

    @bare.get("/r/<token>")
    def receipt(token: str):
        replay(connection(), complaint.receipt, {complaint.token: token})
        return "ok"

    @bare.get("/health/ready")
    def ready():
        return "ok"
    return bare

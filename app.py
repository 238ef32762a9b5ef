"""create_app: the only place that knows every package."""
from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
import config
from accounts import jobs as account_jobs
from catalog import jobs as calendar_jobs
from core import audit, due_times, events, files, health, i18n, jobs, limits, logs, organisation, pages, settings
from core.db import db
from core.queue import PATIENCE, RqQueue
from desk import register as register_desk
from gateways import doors, http_doors, lines, quarantine, webhooks
from gateways import registry as gateways
from hotline import models as hotline_models
from hotline.calls import door as call_doors
from hotline.calls import jobs as call_jobs
from hotline.calls import recordings
from hotline.calls import services as calls
from hotline.reconciliation import jobs as reconciliation_jobs
from hotline.reconciliation import takers
from hotline.taking import jobs as taking_jobs
from hotline.texts import door as text_door
from hotline.texts import jobs as text_jobs
from hotline.texts import models as text_models
from hotline.texts import recognisers as text_recognisers
from hotline.texts import scores, stops
from hotline.texts import services as texts
from intake import jobs as intake_jobs
from intake import recognise, recognisers
from notifications import jobs as notification_jobs
from notifications import receipts
from notifications import webhooks as notification_webhooks
from pipeline import PIPELINE
from portal import register as register_portal
from reporting.hot import jobs as hot_jobs
from reporting.improvement import jobs as improvement_jobs
from routing import jobs as routing_jobs
from satisfaction import jobs as satisfaction_jobs
from tickets import demands, returns, tries
from tickets import jobs as ticket_jobs
from triage import jobs as triage_jobs
from triage.duplicates import jobs as duplicate_jobs

JOB_MODULES = (calendar_jobs, account_jobs, intake_jobs, routing_jobs, notification_jobs, satisfaction_jobs, ticket_jobs,
               triage_jobs, duplicate_jobs, text_jobs, improvement_jobs, reconciliation_jobs, call_jobs, taking_jobs, hot_jobs)
MODELS = (audit, demands, files, jobs, organisation, returns, settings, due_times, quarantine, hotline_models, text_models, tries)
RECOGNISERS = (stops.OPT_OUT, text_recognisers.CONFIRMED_WITHDRAWAL, stops.OPT_IN, scores.RATING, *text_recognisers.RECOGNISERS, recognisers.CONTINUATION, recognisers.NEW_MATTER)
DOORS = (notification_webhooks.MESSAGE_STATUS, text_door.TWILIO_SMS, *call_doors.DOORS)
TAKERS = (takers.messages(texts.arrive), takers.calls(calls.arrive, calls.note_status), takers.recordings(recordings.arrive))


def create_app(overrides: dict | None = None) -> Flask:
    """The application, configured from the environment; `overrides` win (tests)."""
    app = Flask(__name__)
    app.config.update(overrides if overrides and "SQLALCHEMY_DATABASE_URI" in overrides else config.load() | (overrides or {}))
    logs.init()
    _connect_services(app)
    _connect_web(app)
    events.connect(app, PIPELINE)
    recognise.connect(app, RECOGNISERS)
    doors.connect(app, (*DOORS, *_carriers_doors(app)))
    takers.connect(app, TAKERS)
    commands.register(app)
    return app


def _carriers_doors(app: Flask) -> list[doors.Door]:
    """The doors of the carriers in the mapping file."""
    carriers = app.config.get("SMS_CARRIERS", {}).values()
    return [*http_doors.for_texts(carriers, texts.arrive), *http_doors.for_reports(carriers, receipts.note)]


def _connect_services(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db)
    app.extensions["redis"] = Redis.from_url(app.config["REDIS_URL"], **PATIENCE)
    app.extensions["queue"] = app.config.get("QUEUE") or RqQueue(app.extensions["redis"])
    app.extensions["storage"] = files.open_storage(app.config["STORAGE_URL"])
    app.extensions["gateways"] = app.config.get("GATEWAYS") or gateways.build(app.config)
    app.extensions["lines"] = app.config["LINES"] if "LINES" in app.config else lines.build(app.config)


def _connect_web(app: Flask) -> None:
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    CSRFProtect(app).exempt(webhooks.blueprint)
    Bootstrap5(app)
    i18n.init_app(app)
    limits.init_app(app)
    pages.init_app(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(webhooks.blueprint)
    register_portal(app)
    register_desk(app)

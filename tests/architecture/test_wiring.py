"""Every event, job, page and setting is wired, closed or named as the rules want it."""
import re

import pytest
from flask_migrate import Migrate  # noqa: F401  (registers the extension's warnings filter early)

from core import settings
from core.jobs import JOBS
from core.pages import is_public
from pipeline import PIPELINE
from schedule import SCHEDULE
from tests.architecture.source import ROOT, files, name

PUBLIC = {"public", "hooks", "health", "static", "bootstrap"}
PUBLIC_OF_ACCOUNTS = {"accounts.sign_in", "accounts.forgot", "accounts.reset", "accounts.first_administrator"}


def test_every_job_named_in_the_pipeline_exists(app):
    assert {job for jobs in PIPELINE.values() for job in jobs} <= JOBS.keys()


def test_every_scheduled_job_exists_and_says_why(app):
    assert {entry.job for entry in SCHEDULE} <= JOBS.keys()
    assert all(len(entry.why) > 10 for entry in SCHEDULE)


def test_every_job_is_started_by_something(app):
    started = {job for jobs in PIPELINE.values() for job in jobs} | {entry.job for entry in SCHEDULE}
    enqueued = {match for path in files() for match in re.findall(r"enqueue\(\"(\w+)\"", path.read_text())}
    assert JOBS.keys() - started - enqueued == set()


def test_every_event_that_is_emitted_is_in_the_pipeline():
    emitted = {match for path in files() for match in re.findall(r"emit\((?:\w+\.)?([A-Z]\w+)\(", path.read_text())}
    assert emitted
    assert emitted <= {event.__name__ for event in PIPELINE}


def test_pages_are_closed_unless_listed(app):
    open_pages = {rule.endpoint for rule in app.url_map.iter_rules() if is_public(app, rule.endpoint)}
    stray = {endpoint for endpoint in open_pages if endpoint.split(".")[0] not in PUBLIC and endpoint not in PUBLIC_OF_ACCOUNTS}
    assert stray == set()


def test_closed_pages_send_strangers_to_the_sign_in(app, database):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and not is_public(app, rule.endpoint):
            answer = client.get(rule.rule)
            assert answer.status_code == 302, rule.rule
            assert "/desk/" in answer.location, rule.rule


def test_every_staff_page_says_who_may_open_it(app):
    unmarked = [rule.endpoint for rule in app.url_map.iter_rules()
                if rule.endpoint.startswith("desk.") and not getattr(app.view_functions[rule.endpoint], "permission", None)]
    assert unmarked == []


def test_every_setting_has_a_default_of_its_kind():
    for setting in settings.REGISTRY.values():
        text = settings.WRITE[setting.kind](setting.default)
        assert settings.READ[setting.kind](text) == setting.default, setting.key


def test_one_migration_head():
    downs = [re.search(r"^down_revision = (.*)$", path.read_text(), re.MULTILINE)[1] for path in ROOT.glob("migrations/versions/*.py")]
    assert downs.count("None") == 1
    assert len(downs) == len(set(downs))


@pytest.mark.parametrize("path", files(), ids=name)
def test_a_file_says_what_it_holds(path):
    first = path.read_text(encoding="utf-8").lstrip()
    assert first.startswith('"""') or not first


def test_no_template_breaks_the_strict_csp():
    broken = [f"{path.name}: {match}" for path in ROOT.glob("templates/**/*.html")
              for match in re.findall(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)[^>]*>", path.read_text())]
    assert broken == []


def test_models_and_migrations_agree(app, database):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    context = MigrationContext.configure(database.engine if not hasattr(database.engines[None], "execute") else database.engines[None],
                                         opts={"compare_type": True})
    assert compare_metadata(context, database.metadata) == []

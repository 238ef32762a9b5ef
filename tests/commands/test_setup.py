"""flask setup and create-admin: from nothing to something that works, twice without harm."""
from accounts import services as accounts
from catalog.models import Code
from core.db import db
from hotline.texts.models import TextWords
from tests.commands import snapshot
from tests.commands.installations import call
from triage.models import TriageCue


def content(app):
    with app.app_context(), db.engine.connect() as connection:
        return snapshot.of(connection)


def test_from_nothing_to_something_twice(installation):
    app = installation("fresh")
    said = call(app, "setup")
    assert [line.split(",")[0].strip() for line in said.splitlines() if line.startswith("  ")] == ["waiting for the database", "categories"]
    first = content(app)
    assert len(first["leaf"]) == 28 and len(first["calendar_day"]) > 20 and len(first["answer"]) > 40 and not first["user"]
    assert "categories" not in call(app, "setup")
    assert content(app) == first
    call(app, "create-admin", "root", "--name", "Root", "--password", "correct horse battery")
    call(app, "setup", "--demo")
    assert len(content(app)["user"]) == 1, "a demo is only offered where nobody works"


def test_a_database_from_before_gets_the_lists_that_came_later(installation):
    app = installation("older")
    call(app, "setup")
    first = content(app)
    with app.app_context():
        db.session.execute(db.delete(TextWords))
        db.session.execute(db.delete(TriageCue).where(TriageCue.kind == "subject"))
        db.session.execute(db.delete(Code).where(Code.list == "product"))
        db.session.commit()
    call(app, "setup")
    assert content(app) == first


def test_an_administrator_can_sign_in(run, database):
    run("create-admin", "root", "--name", "Root", "--password", "correct horse battery")
    assert accounts.authenticate("root", "correct horse battery").roles == ["admin"]
    assert "already" in run("create-admin", "Root", "--name", "Root", "--password", "correct horse battery", code=1)
    assert "10 characters" in run("create-admin", "other", "--name", "Other", "--password", "short", code=1)

"""Backup and restore: a second installation made from the file equals the first, row by row and file by file; nothing by halves."""
import io
import json
import stat
import tarfile
from datetime import timedelta

import psycopg
import pytest
from PIL import Image
from sqlalchemy import text

from core import backup as copies
from core import clock, files, restoring
from core.actor import SYSTEM
from core.db import db
from intake import services as intake
from notifications import outbox, staff
from notifications.models import OutboundMessage
from tests import builders
from tests.commands import snapshot
from tests.commands.installations import address, call
from tickets.models import CallTask, Message
from tickets.services import conversation


@pytest.fixture
def first(installation):
    """An installation in which somebody complained, with a photo and with characters that COPY must escape."""
    app = installation("first")
    call(app, "setup")
    with app.app_context():
        picture = io.BytesIO()
        Image.new("RGB", (9, 9), "red").save(picture, "PNG")
        photo = files.store_image(picture.getvalue(), "货.png")
        for number in range(3):
            intake.store("web", f"w{number}", {"text": "少了\t两条\\N\n\"x\"", "leaf": "DLV.COUNT", "desired": "goods"},
                         attachments=[photo] if number == 0 else ())
        db.session.commit()
        app.extensions["queue"].run()
    return app


def content(app):
    with app.app_context(), db.engine.connect() as connection:
        return snapshot.of(connection)


def stored(app):
    root = app.extensions["storage"].root
    return {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_second_installation_equals_the_first(first, installation, tmp_path):
    assert "1 files" in call(first, "backup", tmp_path / "copy.tar.gz")
    assert stat.S_IMODE((tmp_path / "copy.tar.gz").stat().st_mode) == 0o600
    second = installation("second")
    call(second, "restore", tmp_path / "copy.tar.gz")
    assert content(second) == content(first) and len(content(first)["ticket"]) == 3
    assert stored(second) == stored(first) and len(stored(first)) == 1
    _life_goes_on(second)


def _life_goes_on(app):
    """Sequences, keys and guards are there again."""
    with app.app_context():
        record, new = intake.store("web", "later", {"text": "又少了"})
        db.session.commit()
        app.extensions["queue"].run()
        assert new and record.state == "done"
        for guarded in ("DELETE FROM audit_entry", "DELETE FROM retailer; DELETE FROM ticket; DELETE FROM intake_record", "DELETE FROM leaf"):
            with pytest.raises(Exception, match="never changed|violates foreign key"):
                db.session.execute(text(guarded))
            db.session.rollback()


def test_a_set_up_database_takes_it_and_a_used_one_only_by_force(first, installation, tmp_path):
    call(first, "backup", tmp_path / "copy.tar.gz")
    second = installation("second")
    call(second, "setup")
    call(second, "restore", tmp_path / "copy.tar.gz")
    with second.app_context():
        intake.store("web", "extra", {"text": "x"})
        db.session.commit()
    before = content(second)
    assert "--force" in call(second, "restore", tmp_path / "copy.tar.gz", code=1)
    assert content(second) == before
    call(second, "restore", tmp_path / "copy.tar.gz", "--force")
    assert content(second) == content(first)


def test_what_waited_in_the_copy_may_have_gone_out_and_is_never_sent_again(first, installation, tmp_path):
    with first.app_context():
        handler = builders.staff(notify_by="email", certificates={})
        told = builders.ticket("dispatched", handler=handler)
        notice = staff.tell(told, "assigned")
        prepared, spoken = (conversation.say(builders.opened(), SYSTEM, "We are working on it.", "interim") for _turn in range(2))
        half = [outbox.prepare(prepared.id)]
        retailers, handlers, words = {prepared.ticket_id, spoken.ticket_id}, told.id, spoken.id
        db.session.commit()
        first.extensions["queue"].clear()
    call(first, "backup", tmp_path / "copy.tar.gz")
    second = installation("second")
    output = call(second, "restore", tmp_path / "copy.tar.gz")
    with second.app_context(), clock.frozen(clock.now() + timedelta(hours=1)):
        second.extensions["queue"].enqueue("sweep_messages")
        second.extensions["queue"].run()
        assert all(gateway.sent == [] for gateway in second.extensions["gateways"].values())
        waited = {row.id: row.state for row in db.session.scalars(db.select(OutboundMessage))}
        assert waited.keys() >= {*notice, *half} and set(waited.values()) == {"unknown"}
        assert f"{len(waited)} messages waited" in output
        assert db.session.get(Message, words).delivery == "unknown"
        called = set(db.session.scalars(db.select(CallTask.ticket_id)))
        assert called >= retailers and handlers not in called


def _rewritten(path, change):
    """The archive with one member changed by `change(name, bytes)`; None leaves it out."""
    other = path.with_name("other.tar.gz")
    with tarfile.open(path) as source, tarfile.open(other, "w:gz") as target:
        for member in source.getmembers():
            data = change(member.name, source.extractfile(member).read())
            if data is not None:
                member.size = len(data)
                target.addfile(member, io.BytesIO(data))
    return other


def _manifest(**changes):
    def change(name, data):
        return json.dumps(json.loads(data) | changes).encode() if name == "manifest.json" else data
    return change


FAULTS = {
    "a table is damaged": (lambda name, data: data + b"x" if name == "tables/ticket.copy" else data, "the table ticket is not"),
    "a table is missing": (lambda name, data: None if name == "tables/leaf.copy" else data, "the table leaf is not"),
    "a photo is damaged": (lambda name, data: b"x" if name.startswith("files/") else data, "or damaged"),
    "a photo is missing": (lambda name, data: None if name.startswith("files/") else data, "is missing from the backup"),
    "another format": (_manifest(format=99), "format 99"),
    "other tables": (_manifest(migration="0000"), "version 0000"),
    "no manifest": (lambda name, data: None if name == "manifest.json" else data, "cannot be read as a backup"),
}


def test_what_is_damaged_or_does_not_fit_changes_nothing(first, installation, tmp_path):
    call(first, "backup", tmp_path / "copy.tar.gz")
    second = installation("second")
    call(second, "setup")
    before = content(second)
    for fault, (change, why) in FAULTS.items():
        output = call(second, "restore", _rewritten(tmp_path / "copy.tar.gz", change), code=1)
        assert why in output and "Traceback" not in output, fault
        assert content(second) == before, fault
    (tmp_path / "no.tar.gz").write_text("hello")
    assert "cannot be read as a backup" in call(second, "restore", tmp_path / "no.tar.gz", code=1)


@pytest.mark.parametrize(("name", "kind"), [("../outside", tarfile.REGTYPE), ("/outside", tarfile.REGTYPE), ("link", tarfile.SYMTYPE),
                                            ("pipe", tarfile.FIFOTYPE), ("tables", tarfile.DIRTYPE)])
def test_what_is_no_file_of_the_copy_is_refused(name, kind, tmp_path):
    with tarfile.open(tmp_path / "copy.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    (tmp_path / "inside").mkdir()
    with pytest.raises(restoring.BadBackup, match=f"{name} does not belong"):
        restoring.unpack(tmp_path / "copy.tar.gz", tmp_path / "inside")
    assert not list((tmp_path / "inside").iterdir()) and not (tmp_path / "outside").exists()


def test_a_lost_photo_does_not_stop_a_backup(first, installation, tmp_path):
    for path in first.extensions["storage"].root.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "1 files were not in the storage any more" in call(first, "backup", tmp_path / "copy.tar.gz")
    second = installation("second")
    call(second, "restore", tmp_path / "copy.tar.gz")
    assert content(second) == content(first)


def test_a_copy_is_one_instant(first, installation, tmp_path, monkeypatch):
    """What is committed while the copy is made is not in it, not even in the tables copied last."""
    original, tables = copies._copy_out, len(content(first)["ticket"])

    def busy(connection, name, columns, path):
        if name < "b":
            with psycopg.connect(address(first.config["SQLALCHEMY_DATABASE_URI"])) as other:
                other.execute("INSERT INTO opt_out (address, since) VALUES (%s, now())", (f"late-{name}",))
        return original(connection, name, columns, path)
    monkeypatch.setattr(copies, "_copy_out", busy)
    call(first, "backup", tmp_path / "copy.tar.gz")
    second = installation("second")
    call(second, "restore", tmp_path / "copy.tar.gz")
    assert content(first)["opt_out"] and not content(second)["opt_out"] and len(content(second)["ticket"]) == tables


def test_a_place_that_cannot_be_written_is_told(first, tmp_path):
    assert "cannot be written" in call(first, "backup", tmp_path / "nowhere" / "copy.tar.gz", code=1)

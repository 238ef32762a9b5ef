"""Importing shops, staff and complaints: each row once, refused rows named, nothing half done, interrupted runs resumed."""
import csv
from datetime import date

import pytest
from sqlalchemy import event, func, select

from accounts.models import User
from catalog.models import Certificate, Membership
from core.audit import AuditEntry
from intake.models import IntakeRecord
from retailers.models import Retailer
from tickets.models import Ticket

SHOP = {"licence_no": "990101000001", "shop_name": "兴旺副食", "phone": "138 0000 1234", "area": "城东", "support_needs": "1"}
PERSON = {"login": "li.na", "name": "李娜", "roles": "handler", "team": "logistics", "certificates": "DLV:2;QLT.DEFECT:3:2030-01-31", "cap": "9"}
ROW = {"text": "货少了两条", "label": "少送/错送/破损", "tel": "13800001234"}


def refused(path):
    """What the side file says: (line, reason)."""
    with path.with_name(path.name + ".refused.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(int(row["line"]), row["reason"]) for row in csv.DictReader(file)]


def count(database, model):
    return database.session.scalar(select(func.count()).select_from(model))


def one(database, model, **facts):
    return database.session.scalar(select(model).filter_by(**facts))


def test_shops_are_added_then_kept_then_changed(run, write, database):
    assert "1 added" in run("import-retailers", write("shops.csv", [SHOP]))
    shop = one(database, Retailer, licence_no="990101000001")
    assert (shop.phone, shop.support_needs, shop.is_demo) == ("+8613800001234", True, False)
    assert "1 kept" in run("import-retailers", write("shops.csv", [SHOP]))
    assert "1 changed" in run("import-retailers", write("shops.jsonl", [SHOP | {"area": "城西", "shop_name": ""}]))
    database.session.refresh(shop)
    assert (shop.area, shop.shop_name) == ("城西", "兴旺副食"), "an empty field leaves the card as it is"


@pytest.mark.parametrize("bad, reason", [
    ({"licence_no": ""}, "The licence number is missing."),
    ({"licence_no": "A-12"}, "A licence number consists of digits: A-12"),
    ({"shop_name": ""}, "The shop needs a name."),
    ({"phone": "12"}, "This is not a phone number: 12"),
    ({"service_class": "gold"}, "There is no service class gold."),
    ({"account_manager": "nobody"}, "Nobody here has the sign-in name nobody."),
])
def test_a_refused_shop_is_named_and_the_others_are_in(run, write, database, bad, reason):
    path = write("shops.csv", [SHOP | bad, SHOP | {"licence_no": "990101000002"}])
    assert "1 added, 1 refused" in run("import-retailers", path)
    assert refused(path) == [(2, reason)]
    assert count(database, Retailer) == 1


def test_a_list_of_refused_rows_goes_when_all_is_well(run, write):
    path = write("shops.csv", [SHOP | {"phone": "12"}])
    run("import-retailers", path)
    run("import-retailers", write("shops.csv", [SHOP]))
    assert not path.with_name("shops.csv.refused.csv").exists()


def test_staff_come_with_team_and_certificates_and_without_password(run, write, database):
    run("import-staff", write("staff.csv", [PERSON]))
    user = one(database, User, login="li.na")
    membership = database.session.get(Membership, user.id)
    assert (user.password_hash, membership.cap, membership.team.code, membership.leads) == (None, 9, "logistics", False)
    assert {(c.scope, c.level) for c in database.session.scalars(select(Certificate).filter_by(user_id=user.id))} == {("DLV", 2), ("QLT.DEFECT", 3)}
    assert "1 kept" in run("import-staff", write("staff.csv", [PERSON]))
    assert "1 changed" in run("import-staff", write("staff.csv", [PERSON | {"certificates": "DLV:4"}]))
    assert count(database, Certificate) == 2, "a list takes no certificate away"
    assert "1 changed" in run("import-staff", write("staff.csv", [PERSON | {"joined_on": "2019-03-01"}]))
    assert user.joined_on == date(2019, 3, 1)
    boss = PERSON | {"login": "boss", "certificates": ""}
    assert "1 added, 1 changed" in run("import-staff", write("staff.csv", [boss | {"areas": "", "superior": ""}, PERSON | {"areas": "south; north", "superior": "boss"}]))
    assert membership.areas == ["north", "south"]
    assert user.superior_id == one(database, User, login="boss").id
    assert "1 kept" in run("import-staff", write("staff.csv", [PERSON]))


@pytest.mark.parametrize("bad, reason", [
    ({"name": ""}, "Sign-in name and name are needed."),
    ({"roles": "handler;boss"}, "There is no role boss."),
    ({"team": "moon"}, "There is no team moon."),
    ({"certificates": "DLV:9"}, "This is not a certificate: DLV:9"),
    ({"certificates": "XXX:1"}, "This is not a certificate: XXX:1"),
    ({"certificates": "DLV:1:soon"}, "This is not a day (2026-05-31): soon"),
    ({"joined_on": "2019"}, "This is not a day (2026-05-31): 2019"),
    ({"cap": "many"}, "This is not a number: many"),
    ({"superior": "nobody"}, "Nobody has the sign-in name nobody yet; a superior comes before those who report to him."),
    ({"superior": "li.na"}, "Nobody reports to himself. Choose somebody else, or nobody."),
])
def test_a_refused_person_leaves_nothing_half_done(run, write, database, bad, reason):
    path = write("staff.csv", [PERSON | bad])
    run("import-staff", path)
    assert refused(path) == [(2, reason)]
    assert (count(database, User), count(database, Membership)) == (0, 0)


def complaints(run, path, *options, code=0):
    return run("import-complaints", path, "--map", "leaf=label", "--map", "phone=tel", "--default", "desired=goods", *options, code=code)


def test_complaints_are_stored_raw_and_become_dispatched_tickets(run, write, database, queue):
    assert "2 stored" in complaints(run, write("c.jsonl", [ROW, {"text": "The van came late", "label": "dlv.late", "extra": [1]}]))
    first, second = database.session.scalars(select(IntakeRecord).order_by(IntakeRecord.id)).all()
    assert first.raw["row"] == ROW and second.raw["row"]["extra"] == [1]
    assert (first.raw["phone"], first.raw["language"], second.raw["language"]) == ("+8613800001234", "zh", "en")
    assert [name for name, *_ in queue.waiting] == ["advance", "advance"]
    queue.run()
    tickets = database.session.scalars(select(Ticket).order_by(Ticket.id)).all()
    assert [(t.state, t.leaf_code, t.desired_outcome, t.channel) for t in tickets] == [
        ("dispatched", "DLV.COUNT", "goods", "file"), ("dispatched", "DLV.LATE", "goods", "file")]


def test_the_same_file_again_adds_nothing_and_equal_rows_stay_two(run, write, database):
    path = write("c.jsonl", [ROW, ROW, ROW | {"tel": ""}])
    assert "3 stored" in complaints(run, path)
    assert "3 known" in complaints(run, path)
    assert count(database, IntakeRecord) == 3


def test_their_own_number_makes_a_row_known(run, write, database):
    run("import-complaints", write("c.csv", [{"no": "7", "text": "货没到"}]), "--id-column", "no")
    assert "1 known, 1 refused" in run("import-complaints", write("d.csv", [{"no": "7", "text": "改了字"}, {"no": "", "text": "x"}]), "--id-column", "no")
    assert one(database, IntakeRecord, external_id="7").raw["text"] == "货没到"


@pytest.mark.parametrize("bad, reason", [
    ({"text": " "}, "The row does not say what happened."),
    ({"label": "weather"}, "There is no category weather."),
    ({"tel": "abc"}, "This is not a phone number: abc"),
    ({"severity": "S9"}, "S9 is not one of: S1, S2, S3, S4"),
    ({"received_at": "yesterday"}, "This is not a time (2026-05-31 14:05): yesterday"),
    ({"received_at": "2999-01-01"}, "This time has not come yet: 2999-01-01"),
    ({"text": "a\0b"}, "This row contains a zero byte."),
])
def test_refused_complaints_are_named(run, write, database, bad, reason):
    path = write("c.jsonl", [ROW, ROW | bad])
    assert "1 refused, 1 stored" in complaints(run, path)
    assert refused(path) == [(2, reason)]


def test_lines_that_are_no_rows_are_named(run, tmp_path, database):
    path = tmp_path / "c.jsonl"
    path.write_text('{"text": "好"}\n\n[1]\n{"text": \n')
    run("import-complaints", path)
    assert [line for line, _reason in refused(path)] == [3, 4]
    table = tmp_path / "c.csv"
    table.write_text('text,order_no\n"two\nlines",1\nfirst,2,3\n')
    assert "1 refused, 1 stored" in run("import-complaints", table)
    assert refused(table) == [(4, "This row has more columns than the head of the table.")]


def test_times_without_a_zone_are_the_organisations(run, write, database):
    run("import-complaints", write("c.csv", [{"text": "货没到", "received_at": "2026/3/2 9:05"}]))
    assert database.session.scalars(select(IntakeRecord)).one().received_at.isoformat() == "2026-03-02T01:05:00+00:00"


def test_two_columns_join_and_a_slip_in_the_mapping_is_told(run, write, database):
    output = run("import-complaints", write("c.csv", [{"title": "少货", "body": "差两条"}]), "--map", "text=title+body", "--map", "phone=mobil")
    assert "The column 'mobil' does not occur in the file." in output
    assert database.session.scalars(select(IntakeRecord)).one().raw["text"] == "少货\n差两条"


def test_a_spreadsheet_in_chinese_encoding_reads(run, write, database):
    run("import-complaints", write("c.csv", [{"text": "送货员态度不好"}], encoding="gb18030"))
    assert database.session.scalars(select(IntakeRecord)).one().raw["text"] == "送货员态度不好"


def test_dry_run_writes_nothing_at_all(run, write, database, queue):
    path, traces = write("c.jsonl", [ROW, ROW | {"tel": "abc"}]), count(database, AuditEntry)
    output = complaints(run, path, "--dry-run")
    assert "1 refused, 1 stored (dry run: nothing was written)" in output and "line 2: This is not a phone number" in output
    assert (count(database, IntakeRecord), count(database, AuditEntry), queue.waiting) == (0, traces, [])
    assert not path.with_name("c.jsonl.refused.csv").exists()


def test_an_interrupted_run_goes_on_where_it_stopped(app, run, write, database, monkeypatch):
    rows = [{"text": f"第{number}条"} for number in range(250)]
    path, seen = write("c.jsonl", rows), []

    def interrupt(mapper, connection, target):
        seen.append(target)
        if len(seen) == 230:
            raise KeyboardInterrupt
    event.listen(IntakeRecord, "before_insert", interrupt)
    try:
        run("import-complaints", path, code=1)
    finally:
        event.remove(IntakeRecord, "before_insert", interrupt)
    database.session.rollback()
    assert count(database, IntakeRecord) == 200, "whole batches stay"
    assert "200 known, 50 stored" in run("import-complaints", path)
    assert {row.raw["text"] for row in database.session.scalars(select(IntakeRecord))} == {row["text"] for row in rows}


@pytest.mark.parametrize("args, why", [
    (("import-staff", "people.xlsx"), "must end in .csv or .jsonl"),
    (("import-staff", "people.csv", "--map", "nonsense=1"), "write FIELD=VALUE with one of these fields: login"),
])
def test_wrong_use_is_explained(run, write, tmp_path, args, why):
    (tmp_path / args[1]).write_text("login\n")
    assert why in run(args[0], tmp_path / args[1], *args[2:], code=2)


def test_an_import_leaves_one_trace(run, write, database):
    complaints(run, write("c.jsonl", [ROW]))
    trace = one(database, AuditEntry, action="data.imported")
    assert (trace.target, trace.detail) == ("c.jsonl", {"kind": "complaints", "stored": 1})

"""Loading packs: what the database holds afterwards, twice, with edits, and with another organisation's pack on top."""
from datetime import date
from pathlib import Path

import pytest
import yaml

from answers import queries as answer_queries
from answers.models import Answer
from catalog import queries as catalog
from catalog.loader import load_pack
from catalog.models import Code, Leaf, Membership
from core import organisation
from core.errors import DomainError
from core.organisation import CalendarDay, WorkHours

PACKS = Path(__file__).parents[2] / "packs"


def load(run, folder, *options):
    return run("load-pack", folder, *options)


def test_standard_pack_is_there_in_full(run, database):
    load(run, PACKS / "standard")
    wanted = yaml.safe_load((PACKS / "standard" / "catalog.yaml").read_text())
    assert {leaf.code for leaf in catalog.leaves()} == {leaf["code"] for leaf in wanted["leaves"]}
    assert [code.code for code in catalog.codes("outcome")] == [entry["code"] for entry in wanted["outcomes"]]
    assert catalog.sla_rule("S2", "resolve").minutes == 1440
    assert catalog.leaf("PAY.DEBIT").group_code == "ORD"
    assert all(answer_queries.first("answer", leaf.code) for leaf in catalog.leaves() if leaf.code != "OTH.NOISE")


def test_a_second_time_changes_nothing(run, database):
    load(run, PACKS / "standard")
    assert " 0 added, 0 changed," in load(run, PACKS / "standard")


def test_edits_stay_unless_refreshed(run, database):
    load(run, PACKS / "standard")
    leaf = database.session.get(Leaf, "DLV.LATE")
    leaf.severity = "S4"
    database.session.commit()
    load(run, PACKS / "standard")
    assert database.session.get(Leaf, "DLV.LATE").severity == "S4"
    load(run, PACKS / "standard", "--refresh")
    assert database.session.get(Leaf, "DLV.LATE").severity == "S3"


def test_refreshed_words_become_a_new_version(run, database, tmp_path):
    load(run, PACKS / "standard")
    entry = {"code": "A-COM-ACK", "purpose": "ack", "leaf": None, "title_zh": "收到", "title_en": "Received",
             "parts_zh": [{"free": "收到，编号 {{case_no}}"}], "parts_en": [{"free": "Received, {{case_no}}"}]}
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "common.yaml").write_text(yaml.safe_dump([entry]))
    load(run, tmp_path)
    assert answer_queries.first("ack").version == 1
    load(run, tmp_path, "--refresh")
    answer = database.session.scalar(database.select(Answer).filter_by(code="A-COM-ACK"))
    assert [(v.version, v.status) for v in answer.versions] == [(2, "approved"), (1, "retired")]
    assert answer_queries.first("ack").title_en == "Received"


def test_calendar_knows_hours_holidays_and_make_up_days(run, database):
    load(run, PACKS / "standard")
    hours = database.session.scalars(database.select(WorkHours).filter_by(weekday=0).order_by(WorkHours.starts)).all()
    assert [(span.starts, span.ends) for span in hours] == [("09:00", "12:00"), ("13:00", "18:00")]
    today = catalog.today()
    spring = database.session.scalars(database.select(CalendarDay).filter_by(working=False).where(
        CalendarDay.day.between(date(today.year, 10, 1), date(today.year, 10, 3)))).all()
    assert len(spring) == 3 and all(day.name_zh and day.name_en.isascii() for day in spring)
    assert organisation.calendar().extra


def test_another_organisation_on_top(run, database):
    load(run, PACKS / "standard")
    load(run, PACKS / "city")
    assert {leaf.name_zh for leaf in catalog.leaves()} >= {"城乡建设", "交通运输"}
    members = database.session.scalars(database.select(Membership).where(Membership.cap == 400)).all()
    assert len(members) == 13 and sum(member.leads for member in members) == 1
    assert database.session.scalar(database.select(database.func.count()).select_from(Code).filter_by(list="outcome")) == 5


@pytest.mark.parametrize("content, why", [
    ({"leaves": [{"code": "X.Y", "group": "X", "team": "nowhere"}]}, "nowhere"),
    ("teams: [", "catalog.yaml"),
])
def test_a_faulty_pack_is_named_and_leaves_nothing(run, database, tmp_path, content, why):
    (tmp_path / "catalog.yaml").write_text(content if isinstance(content, str) else yaml.safe_dump(content))
    output = run("load-pack", tmp_path, code=1)
    assert why in output and "Traceback" not in output
    database.session.rollback()
    assert database.session.get(Leaf, "X.Y") is None


def test_loader_raises_for_callers(database, tmp_path):
    (tmp_path / "catalog.yaml").write_text("teams: [")
    with pytest.raises(DomainError):
        load_pack(tmp_path)

"""The category trees, clocks and calendar of the packs: complete, in both languages, and consistent in themselves."""
import csv
import re
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

PACKS = Path(__file__).parents[2] / "packs"
SEVERITIES = ("S1", "S2", "S3", "S4")
CODE_LISTS = ("kinds", "need_levels", "outcomes", "root_causes", "remedies", "desired_outcomes", "redo_reasons",
              "return_reasons", "transfer_bodies", "products")
TREE = """SUP.SHORT SUP.QUOTA SUP.TIEIN SUP.REPLACE SUP.WAITLIST ORD.SYSTEM ORD.HELP ORD.ERROR PAY.DEBIT PAY.PRICE
DLV.LATE DLV.COUNT QLT.DEFECT QLT.RETURN SVC.MANNER SVC.VISIT SVC.CONDUCT SVC.RATING SVC.COMPLAINT
REG.LICENCE REG.ENFORCE REG.LAW RPT.ILLICIT RPT.DIVERT RPT.MINOR OTH.SUGGEST OTH.NOISE OTH.OTHER""".split()
CITY_LABELS = "城乡建设 劳动和社会保障 教育文体 商贸旅游 环境保护 卫生计生 交通运输".split()
HAN, LETTERS = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")


def load(path):
    """A YAML file of the packs."""
    return yaml.safe_load((PACKS / path).read_text(encoding="utf-8"))


STANDARD, CITY = load("standard/catalog.yaml"), load("city/catalog.yaml")
ALL_LEAVES = STANDARD["leaves"] + CITY["leaves"]
BY_CODE = {leaf["code"]: leaf for leaf in ALL_LEAVES}


def codes(rows):
    """The codes of a list, in its order."""
    return [row["code"] for row in rows]


def entries():
    """Every row of both catalogs that has a name."""
    return [row for catalog in (STANDARD, CITY) for rows in catalog.values() for row in rows if "name_zh" in row]


def test_the_tree_is_whole():
    assert codes(STANDARD["leaves"]) == TREE
    assert [leaf["name_zh"] for leaf in CITY["leaves"]] == CITY_LABELS


@pytest.mark.parametrize("catalog", [STANDARD, CITY], ids=["standard", "city"])
def test_no_code_stands_twice_in_a_list(catalog):
    for name, rows in catalog.items():
        keys = [row.get("code") or row["leaf"] for row in rows]
        assert len(keys) == len(set(keys)), name
        assert all(isinstance(key, str) for key in keys), f"{name}: a code such as 12345 or no must be quoted"


def test_both_catalogs_have_the_same_lists():
    assert STANDARD.keys() == CITY.keys() == {"teams", "groups", "leaves", "checklists", *CODE_LISTS}
    assert all(STANDARD[name] for name in CODE_LISTS)


@pytest.mark.parametrize("row", entries(), ids=lambda row: row["code"])
def test_every_name_is_in_both_languages(row):
    for key in [key for key in row if key.endswith(("_zh", "_en"))]:
        text = row[key]
        assert isinstance(text, str) and text.strip() == text and text, key
        if key.endswith("_zh"):
            assert HAN.search(text), f"{key}: {text}"
        else:
            assert LETTERS.search(text) and not HAN.search(text), f"{key}: {text}"


@pytest.mark.parametrize("catalog", [STANDARD, CITY], ids=["standard", "city"])
def test_every_leaf_has_a_team_a_group_and_known_values(catalog):
    known = {"team": codes(catalog["teams"]), "group": codes(catalog["groups"]), "severity": SEVERITIES,
             "need": codes(STANDARD["need_levels"]), "type": codes(STANDARD["kinds"]),
             "access": ("open", "restricted", "sealed")}
    for leaf in catalog["leaves"]:
        for key, allowed in known.items():
            assert leaf[key] in allowed, f"{leaf['code']}: {key}"
        for key in ("may_promise", "desk_answer", "retailer_staff_conflict", "loss"):
            assert isinstance(leaf[key], bool), f"{leaf['code']}: {key}"


def test_every_group_and_team_owns_a_leaf():
    for catalog in (STANDARD, CITY):
        assert {leaf["group"] for leaf in catalog["leaves"]} == set(codes(catalog["groups"]))
        assert {leaf["team"] for leaf in catalog["leaves"]} == set(codes(catalog["teams"]))


def test_sealed_restricted_and_conflicted_leaves_are_the_ones_meant():
    assert {c for c, leaf in BY_CODE.items() if leaf["access"] == "sealed"} == {
        "SVC.CONDUCT", "RPT.ILLICIT", "RPT.DIVERT", "RPT.MINOR"}
    assert {c for c, leaf in BY_CODE.items() if leaf["access"] == "restricted"} == {"SVC.MANNER", "REG.ENFORCE"}
    assert {c for c, leaf in BY_CODE.items() if leaf["retailer_staff_conflict"]} == {
        c for c in BY_CODE if c.startswith(("SVC.", "REG."))}


def test_the_hotline_answers_no_sealed_or_major_leaf_on_the_spot():
    spot = [leaf for leaf in ALL_LEAVES if leaf["desk_answer"]]
    assert len(spot) == 9
    assert all(leaf["access"] == "open" and leaf["severity"] in ("S3", "S4") for leaf in spot)


def test_no_promise_in_enforcement_reports_and_conduct():
    assert not any(leaf["may_promise"] for leaf in ALL_LEAVES if leaf["group"] in ("REG", "RPT"))
    assert not BY_CODE["SVC.CONDUCT"]["may_promise"]


def test_plain_words_are_a_shops_own():
    """The portal shows them, so the terms staff use among themselves stay out, and no two read the same."""
    for lang, terms in (("zh", ("工单", "派单", "签收", "受理", "SLA")), ("en", ("ticket", "SLA", "dispatch"))):
        texts = [leaf[f"plain_{lang}"] for leaf in ALL_LEAVES]
        assert len(texts) == len(set(texts))
        assert not [text for text in texts for term in terms if term in text]


@pytest.mark.parametrize("catalog", [STANDARD, CITY], ids=["standard", "city"])
def test_every_leaf_but_other_has_a_checklist(catalog):
    lists = {row["leaf"]: row["items"] for row in catalog["checklists"]}
    assert set(lists) == {leaf["code"] for leaf in catalog["leaves"] if leaf["group"] != "OTH"}
    for leaf, items in lists.items():
        assert 2 <= len(items) <= 3 and len(set(codes(items))) == len(items), leaf
        assert all(HAN.search(item["zh"]) and LETTERS.search(item["en"]) for item in items), leaf


def test_clocks_get_longer_as_severity_falls():
    minutes = {(rule["clock"], rule["severity"]): rule["minutes"] for rule in load("standard/sla.yaml")["rules"]}
    for clock in ("triage", "sign", "contact", "resolve"):
        allowed = [minutes[clock, severity] for severity in SEVERITIES]
        # S1 runs round the clock and S2 in working hours only: 24 h by the clock is shorter than 3 working days.
        assert allowed == sorted(allowed) and allowed[1] < allowed[3], clock
    assert not {("update", "S4"), ("callback", "S4")} & minutes.keys()


def test_only_the_most_severe_clocks_run_at_night():
    rules = load("standard/sla.yaml")["rules"]
    assert len(rules) == len({(rule["severity"], rule["clock"]) for rule in rules}) == 32
    assert all(rule["working"] == (rule["severity"] != "S1" and rule["clock"] != "ack") for rule in rules)


def test_each_level_comes_later_than_the_one_beneath_it():
    shares = load("standard/sla.yaml")["escalations"]
    assert set(shares) == {"pass_on", "triage", "sign", "contact", "update", "resolve", "callback", "demand"}
    assert all(100 <= share <= 1000 for levels in shares.values() for share in levels)
    assert all(levels == sorted(set(levels)) and len(levels) <= 3 for levels in shares.values())


def test_a_working_day_has_eight_hours():
    calendar = load("standard/calendar.yaml")
    assert ZoneInfo(calendar["timezone"]) and calendar["country"] == "CN"
    assert list(calendar["hours"]) == ["monday", "tuesday", "wednesday", "thursday", "friday"]
    for day, spans in calendar["hours"].items():
        assert sum(_minutes(end) - _minutes(start) for start, end in spans) == 480, day
        assert sorted(spans) == spans, day


def _minutes(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def test_three_handlers_for_each_matter_of_the_city():
    rows = list(csv.DictReader((PACKS / "city/staff.csv").read_text(encoding="utf-8").splitlines()))
    held = Counter(part.split(":")[0] for row in rows if row["roles"] == "handler"
                   for part in row["certificates"].split(";"))
    assert all(held[code] >= 3 for code in codes(CITY["leaves"])), held
    assert set(held) <= set(codes(CITY["leaves"]))
    assert Counter(row["roles"] for row in rows) == {"handler": 12, "manager": 1}
    assert {row["team"] for row in rows} == set(codes(CITY["teams"]))
    assert len({row["login"] for row in rows}) == len({row["name"] for row in rows}) == 13

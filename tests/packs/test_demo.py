"""The demo organisation: people who can do the work, shops that differ, stories that fill every list."""

import csv
import itertools
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
import yaml

PACKS = Path(__file__).parents[2] / "packs"
LEVEL = {"S1": 3, "S2": 2, "S3": 1, "S4": 1}
SEALED = {
    "SVC.CONDUCT": {"compliance1", "handler11"},
    "RPT.ILLICIT": {"compliance1", "liaison1"},
    "RPT.DIVERT": {"compliance1", "liaison1"},
    "RPT.MINOR": {"compliance1", "liaison1"},
}
ROLES = {"hotline", "handler", "manager", "qa", "compliance", "liaison", "admin"}
SERVING = ("account_manager", "tele_orderer", "deliverer", "inspector")
ENDS = {
    "received": 5, "needs_info": 5, "dispatched": 5, "in_progress": 5, "in_review": 5, "answered": 5,
    "closed": 20, "redo": 1, "declined": 1, "withdrawn": 1, "transferred": 1,
}
ANSWERED = {"in_review", "answered", "closed", "redo"}
PROMISES = ("一定", "保证", "肯定会", "guarantee", "promise you", "certainly will")


def rows(name):
    with (PACKS / "demo" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(path):
    return yaml.safe_load((PACKS / path).read_text(encoding="utf-8"))


STAFF = rows("staff.csv")
RETAILERS = rows("retailers.csv")
STORIES = read("demo/stories.yaml")
CATALOG = read("standard/catalog.yaml")
LEAVES = {leaf["code"]: leaf for leaf in CATALOG["leaves"]}
LOGINS = {person["login"] for person in STAFF}


def codes(section):
    return {item["code"] for item in CATALOG[section]}


def certificates(person):
    pairs = filter(None, person["certificates"].split(";"))
    return {code: int(level) for code, level in (pair.split(":") for pair in pairs)}


def level(person, leaf):
    """The person's level in a leaf: the better of the leaf's and its group's certificate, 0 without one."""
    held = certificates(person)
    return max(held.get(leaf, 0), held.get(LEAVES[leaf]["group"], 0))


def holders(leaf, need):
    handlers = [p for p in STAFF if leaf in SEALED or "handler" in p["roles"].split(";")]
    return {p["login"] for p in handlers if level(p, leaf) >= need}


def unique(records, key):
    values = [record[key] for record in records]
    return len(values) == len(set(values))


def trigrams(text):
    return {text[i : i + 3] for i in range(len(text) - 2)}


def test_staff_numbers():
    assert len(STAFF) == 24
    kinds = Counter(p["login"].rstrip("0123456789") for p in STAFF)
    assert kinds == dict(hotline=4, handler=12, manager=4, qa=1, compliance=1, liaison=1, admin=1)
    teams = Counter(p["team"] for p in STAFF if p["login"].startswith("handler"))
    assert teams == dict(marketing=4, logistics=4, finance=2, compliance=2)


def test_staff_codes_and_uniqueness():
    assert all(unique(STAFF, key) for key in ("login", "name", "name_en", "email", "phone"))
    assert {p["team"] for p in STAFF} == codes("teams")
    assert {role for p in STAFF for role in p["roles"].split(";")} == ROLES
    known = set(LEAVES) | codes("groups")
    assert not {code for p in STAFF for code in certificates(p)} - known
    assert {lvl for p in STAFF for lvl in certificates(p).values()} == {1, 2, 3, 4}


def test_every_team_has_one_lead_who_may_manage():
    leads = [p for p in STAFF if p["lead"] == "1" and "manager" in p["roles"].split(";")]
    assert Counter(p["team"] for p in leads) == dict.fromkeys(codes("teams") - {"enforcement"}, 1)


@pytest.mark.parametrize("leaf", sorted(set(LEAVES) - set(SEALED)))
def test_leaf_has_two_certified_handlers(leaf):
    assert len(holders(leaf, LEVEL[LEAVES[leaf]["severity"]])) >= 2


@pytest.mark.parametrize("leaf", sorted(SEALED))
def test_sealed_leaf_is_open_to_two_only(leaf):
    # A whole-group certificate must not let anybody else in by accident.
    assert holders(leaf, 1) == holders(leaf, LEVEL["S1"]) == SEALED[leaf]


def test_sealed_leaves_are_those_of_the_catalogue():
    assert set(SEALED) == {code for code, leaf in LEAVES.items() if leaf["access"] == "sealed"}


def test_retailers_are_all_different():
    assert len(RETAILERS) == 300
    assert all(unique(RETAILERS, key) for key in ("licence_no", "shop_name", "owner_name", "phone", "address"))


def test_retailers_have_valid_values():
    for shop in RETAILERS:
        assert len(shop["licence_no"]) == 12 and shop["licence_no"].isdigit()
        assert shop["service_class"] in {"key", "ordinary", "basic", "support_needs"}
        assert shop["value_class"] in {"key", "ordinary", "special"}
        assert {shop[role] for role in SERVING} <= LOGINS


def test_retailers_areas_and_languages():
    assert len({(shop["area"], shop["area_type"]) for shop in RETAILERS}) == 8
    assert {shop["area_type"] for shop in RETAILERS} == {"urban", "rural"}
    assert Counter(shop["language"] for shop in RETAILERS) == {"zh": 292, "en": 8}
    assert all(shop["support_needs"] == "1" for shop in RETAILERS if shop["service_class"] == "support_needs")


def test_phone_numbers_are_of_the_demo_range():
    numbers = [phonenumbers.parse(person["phone"]) for person in STAFF + RETAILERS]
    assert all(phonenumbers.is_valid_number(number) for number in numbers)
    assert all(str(number.national_number).startswith("13800") for number in numbers)
    assert len({number.national_number for number in numbers}) == 324


def test_stories_fill_every_list():
    ends = Counter(story["end"] for story in STORIES)
    assert [story["n"] for story in STORIES] == list(range(1, 61))
    assert set(ends) == set(ENDS) and all(ends[end] >= least for end, least in ENDS.items())
    assert Counter(story["lang"] for story in STORIES) == {"zh": 50, "en": 10}
    assert {story["leaf"] for story in STORIES} == set(LEAVES)
    assert sum(story["anonymous"] for story in STORIES) == 1


def test_stories_use_known_codes():
    outcomes = codes("outcomes") | {None}
    for story in STORIES:
        assert story["channel"] in {"web", "phone", "visit", "counter", "sms"}
        assert story["kind"] in codes("kinds") and story["severity"] in LEVEL
        assert story["desired"] in codes("desired_outcomes") and story["outcome"] in outcomes
        assert story["cause"] in codes("root_causes") | {None}
        assert story["remedy_code"] in codes("remedies") | {None}
        assert 0 <= story["days_ago"] <= 20 and story["score"] in {None, 1, 2, 3, 4, 5}


def test_answers_stand_only_where_there_was_an_answer():
    for story in STORIES:
        filled = [bool(story[key]) for key in ("found", "remedy", "outcome", "cause", "remedy_code")]
        assert filled == [story["end"] in ANSWERED] * 5, story["n"]
        assert bool(story["reject_reason"]) == (story["end"] == "redo")


def test_ends_outside_us_say_why():
    ended = [s for s in STORIES if s["end"] in {"declined", "withdrawn", "transferred"}]
    assert all(story["facts"]["reason"] for story in ended)
    bodies = {story["facts"]["body"] for story in ended if story["end"] == "transferred"}
    assert bodies and bodies <= codes("transfer_bodies")
    assert all(s["facts"]["questions"] for s in STORIES if s["end"] == "needs_info")


def test_no_score_was_asked_of_sealed_matters():
    assert not [s["n"] for s in STORIES if s["score"] and LEAVES[s["leaf"]]["access"] == "sealed"]
    assert sum(1 for s in STORIES if s["score"] and s["score"] <= 2) >= 3


def test_retailers_of_stories_exist_and_speak_the_language():
    for story in STORIES:
        if story["retailer"] is None:
            assert story["anonymous"] or story["leaf"] == "OTH.NOISE"
            continue
        assert RETAILERS[story["retailer"] - 1]["language"] == story["lang"], story["n"]


def test_somebody_without_a_conflict_can_take_each_story():
    # Whoever serves the shop is out in SVC and REG, and whoever is named is out everywhere.
    for story in (s for s in STORIES if s["retailer"] and s["leaf"] != "OTH.NOISE"):
        shop = RETAILERS[story["retailer"] - 1]
        out = {shop[role] for role in SERVING} if LEAVES[story["leaf"]]["retailer_staff_conflict"] else set()
        out |= {p["login"] for p in STAFF if p["name"] == story["facts"].get("person")}
        assert holders(story["leaf"], LEVEL[story["severity"]]) - out, story["n"]


def test_no_promise_where_the_leaf_forbids_it():
    forbidden = [s for s in STORIES if not LEAVES[s["leaf"]]["may_promise"] and s["remedy"]]
    said = [s["n"] for s in forbidden for word in PROMISES if word in s["found"] + s["remedy"]]
    assert forbidden and not said


def test_no_story_is_another_with_the_nouns_swapped():
    # Two texts of one mould share most of their three-character runs; free speech at most a fifth.
    for one, other in itertools.combinations(STORIES, 2):
        a, b = trigrams(one["text"]), trigrams(other["text"])
        assert len(a & b) / len(a | b) < 0.25, (one["n"], other["n"])

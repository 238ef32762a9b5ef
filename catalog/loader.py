"""Loading the reference data of a pack: categories, code lists, checklists, rules of the clocks, calendar."""
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from catalog import calendar_loader
from catalog.models import ChecklistItem, Code, EscalationRule, Leaf, LeafGroup, SlaRule, Team
from core import yaml_file
from core.db import db
from core.errors import DomainError
from core.upsert import put

LISTS = {"kinds": "kind", "need_levels": "need_level", "outcomes": "outcome", "root_causes": "root_cause", "remedies": "remedy",
         "desired_outcomes": "desired_outcome", "redo_reasons": "redo_reason", "return_reasons": "return_reason",
         "transfer_bodies": "transfer_body", "products": "product"}
NAMES = ("name_zh", "name_en")
LEAF = NAMES + ("plain_zh", "plain_en", "severity", "need", "type", "access", "may_promise", "desk_answer", "loss")


def load_pack(folder: Path, refresh: bool = False) -> Counter:
    """Load what `folder` holds, in the present transaction; counts of rows added, changed and kept.

    What is there already stays as people edited it, unless `refresh`. Raises DomainError `bad_pack` naming what is wrong.
    """
    catalog = read(folder / "catalog.yaml")
    done = Counter(put(model, key, values, refresh) for model, key, values in _plain_rows(folder, catalog))
    done.update(put(model, key, values, refresh) for model, key, values in _leaf_rows(folder, catalog))
    if (folder / "calendar.yaml").exists():
        done.update(calendar_loader.load(read(folder / "calendar.yaml"), refresh))
    return done


def load_list(folder: Path, section: str) -> Counter:
    """Add what is missing of one list of LISTS; what is there stays as people edited it."""
    catalog = {section: read(folder / "catalog.yaml").get(section)}
    return Counter(put(model, key, values, refresh=False) for model, key, values in _codes(catalog))


def read(path: Path) -> dict:
    """The content of one YAML file, empty if there is no such file. Raises DomainError `bad_pack`."""
    if not path.exists():
        return {}
    try:
        return yaml_file.read(path) or {}
    except yaml.YAMLError as error:
        raise DomainError("bad_pack", f"{path}: {error}") from None


def _plain_rows(folder: Path, catalog: dict) -> Iterator[tuple]:
    """(model, key, values) of what stands by itself."""
    for entry in catalog.get("teams", ()):
        yield Team, {"code": entry["code"]}, _pick(entry, NAMES)
    for position, entry in enumerate(catalog.get("groups", ())):
        yield LeafGroup, {"code": entry["code"]}, _pick(entry, NAMES) | {"position": position}
    yield from _codes(catalog)
    for rule in read(folder / "sla.yaml").get("rules", ()):
        yield SlaRule, _pick(rule, ("severity", "clock")), _pick(rule, ("minutes", "working"))
    for clock, shares in read(folder / "sla.yaml").get("escalations", {}).items():
        for level, percent in enumerate(shares, 1):
            yield EscalationRule, {"clock": clock, "level": level}, {"percent": percent}


def _codes(catalog: dict) -> Iterator[tuple]:
    for section, name in LISTS.items():
        for position, entry in enumerate(catalog.get(section) or ()):
            yield Code, {"list": name, "code": entry["code"]}, _pick(entry, NAMES) | {"position": position}


def _leaf_rows(folder: Path, catalog: dict) -> Iterator[tuple]:
    """(model, key, values) of the categories and their checklists."""
    teams = dict(db.session.execute(db.select(Team.code, Team.id)).all())
    for position, entry in enumerate(catalog.get("leaves", ())):
        if entry["team"] not in teams:
            raise DomainError("bad_pack", f"{folder}: {entry['code']} belongs to an unknown team {entry['team']}")
        yield Leaf, {"code": entry["code"]}, _pick(entry, LEAF) | {
            "group_code": entry["group"], "team_id": teams[entry["team"]], "position": position,
            "staff_conflict": entry["retailer_staff_conflict"], "automatic": entry.get("automatic", True), "compliance_copy": entry.get("compliance_copy", False)}
    for checklist in catalog.get("checklists") or ():
        for position, item in enumerate(checklist["items"]):
            yield ChecklistItem, {"leaf_code": checklist["leaf"], "code": item["code"]}, _pick(item, ("zh", "en")) | {"position": position}


def _pick(entry: dict, names: tuple[str, ...]) -> dict:
    return {name: entry[name] for name in names}

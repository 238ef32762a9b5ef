"""The lines of the hotline as its page shows them: doors with their numbers, comparisons, refused requests without their words."""
import json
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from core import clock
from core.db import db
from core.links import public
from core.phone import mask
from desk.hotline import words
from gateways import diagnosis, doors, quarantine
from gateways.knock import Knock
from gateways.models import DoorCount, Quarantined
from hotline.models import Reconciliation

DAYS = 7
RUNS = 12
LATE = timedelta(minutes=20)
COLUMNS = ("taken", "refused", "dropped")


@dataclass(frozen=True)
class DoorLine:
    """One door: what it is for, its public address, and (taken, refused, dropped) of today and of the last week."""

    name: str
    address: str
    today: tuple[int, ...]
    week: tuple[int, ...]


def door_lines() -> list[DoorLine]:
    """Every door with its numbers, in the order of their addresses."""
    today = quarantine.today()
    counted = {day: _counted(day, today) for day in (today, today - timedelta(days=DAYS - 1))}
    now, week = counted.values()
    none = (0,) * len(COLUMNS)
    return [DoorLine(words.door(door.name), public(f"/hooks/{door.path}"), now.get(door.name, none), week.get(door.name, none))
            for door in sorted(doors.all_doors(), key=lambda door: door.path)]


def _counted(since, until) -> dict[str, tuple[int, ...]]:
    sums = (func.sum(getattr(DoorCount, name)) for name in COLUMNS)
    rows = db.session.execute(select(DoorCount.door, *sums).where(DoorCount.day.between(since, until)).group_by(DoorCount.door))
    return {door: tuple(numbers) for door, *numbers in rows}


def comparisons() -> list[dict]:
    """The last comparisons, the newest first."""
    found = db.session.scalars(select(Reconciliation).order_by(Reconciliation.began_at.desc(), Reconciliation.id.desc()).limit(RUNS))
    return [{"run": run, "provider": words.gateway(run.provider), "faults": [words.fault(line) for line in run.error.splitlines()]} for run in found]


def accounts() -> list[str]:
    """The providers whose accounts are read."""
    return list(current_app.extensions["lines"])


def late_accounts() -> list[str]:
    """The names of the providers with which there was no good comparison for a while."""
    good = select(Reconciliation.provider).where(Reconciliation.ended_at > clock.now() - LATE, func.length(Reconciliation.error) == 0)
    return [words.gateway(name) for name in sorted(set(accounts()) - set(db.session.scalars(good)))]


def refused():
    """The query of the refused requests that wait, the newest first."""
    return select(Quarantined).where(Quarantined.state == "waiting").order_by(Quarantined.at.desc(), Quarantined.id.desc())


def masked(row: Quarantined) -> dict:
    """One line of the list: nothing of what was said, and half of who said it."""
    knock = quarantine.knock_of(row)
    sender = knock.value("From")
    return {"row": row, "door": words.door(row.door), "sender": mask(sender) if sender else "", "holds": diagnosis.holds_now(knock)}


def entry(row: Quarantined) -> dict:
    """One request with everything that was kept of it."""
    knock = quarantine.knock_of(row)
    holds = row.state == "waiting" and diagnosis.holds_now(knock)
    signed_for = None if holds else diagnosis.signed_for(knock)
    return {"row": row, "door": words.door(row.door), "fields": _fields(knock), "headers": [(header["name"], header["value"]) for header in row.headers],
            "holds": holds, "signed_for": signed_for}


def _fields(knock: Knock) -> list[tuple[str, str]]:
    if knock.form:
        return sorted(knock.fields().items())
    value = knock.json
    if isinstance(value, dict):
        return [(name, one if isinstance(one, str) else json.dumps(one, ensure_ascii=False, indent=1)) for name, one in value.items()]
    return [("", knock.text.replace("\0", ""))] if knock.body else []

"""Loading the demo organisation: names, staff, shops, then its stories."""
import csv
from pathlib import Path

from sqlalchemy import func, select

from accounts.models import User
from commands import packs
from commands.demo import duty, sign_ins, stage
from commands.demo.cast import Cast
from commands.demo.removal import remove
from commands.demo.story import Story
from commands.demo.walk import Walk
from commands.terminal import quiet
from core import settings, yaml_file
from core.actor import SYSTEM
from core.db import db
from retailers.importing import RetailerImport


def load(folder: Path) -> int:
    """Load the demo from `folder`; returns how many stories were played. Whatever fails, nothing of it stays."""
    try:
        organisation = yaml_file.read(folder / "organisation.yaml")
        shops = _people_and_shops(folder, organisation)
        stories = yaml_file.read(folder / "stories.yaml")
        cast = Cast()
        with quiet():
            stage.play([Walk(Story(told, shops[told["retailer"] - 1] if told["retailer"] else None), cast, organisation) for told in stories])
        settings.put("demo", True)
        db.session.commit()
    except BaseException:  # a stop from the keyboard too must leave no half organisation
        db.session.rollback()
        remove(names(folder))
        raise
    return len(stories)


def _people_and_shops(folder: Path, organisation: dict) -> list[dict]:
    for key, value in organisation["settings"].items():
        settings.put(key, value)
    packs.load_staff(folder, is_demo=True)
    shops = RetailerImport(SYSTEM, is_demo=True)
    with (folder / "retailers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        shops.take(row)
    duty.fill(organisation["on_call"])
    sign_ins.give_passwords()
    db.session.commit()
    return rows


def names(folder: Path) -> dict[str, str]:
    """The settings that the demo brings with it."""
    return yaml_file.read(folder / "organisation.yaml")["settings"]


def wanted() -> bool:
    """True while there are no real staff and no whole demo: a first start, or one that was killed while it loaded."""
    real = db.session.scalar(select(func.count()).select_from(User).where(~User.is_demo))
    return not real and not settings.get("demo")

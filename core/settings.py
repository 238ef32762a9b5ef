"""Typed settings with a page: what an organisation may change without a programmer."""
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from core.actor import Actor
from core.audit import Did, record
from core.db import db


@dataclass(frozen=True)
class Setting:
    """One changeable value: `kind` is text, int, float, bool or time; `label` is an English msgid.

    `variable` names the environment variable that takes the place of `default` where it is set; what is entered on the page wins.
    """

    key: str
    kind: str
    default: object
    group: str
    label: str
    variable: str = ""


class SettingValue(db.Model):
    """A value that differs from its default, kept as text."""

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


REGISTRY: dict[str, Setting] = {}
READ = {"text": str, "int": int, "float": float, "bool": lambda text: text == "true", "time": str}
WRITE = {"text": str, "int": str, "float": str, "bool": lambda value: "true" if value else "false", "time": str}
CACHE = "settings"


def define(*settings: Setting) -> None:
    """Register settings; called once by each package that owns some."""
    REGISTRY.update((setting.key, setting) for setting in settings)


def get(key: str):
    """The present value of `key`. KeyError for an unknown key."""
    setting = REGISTRY[key]
    stored = _stored().get(key)
    return _default(setting) if stored is None else READ[setting.kind](stored)


def put(key: str, value) -> None:
    """Change `key` in the present transaction; ValueError if the text does not fit its kind."""
    setting = REGISTRY[key]
    text = WRITE[setting.kind](value)
    READ[setting.kind](text)
    db.session.merge(SettingValue(key=key, value=text))
    db.session.flush()
    db.session.info.pop(CACHE, None)


def change(actor: Actor, key: str, value) -> bool:
    """Change `key` on somebody's behalf and record what it was before; True if it differed. Raises as `put` does."""
    before = get(key)
    if value == before:
        return False
    put(key, value)
    record(actor, Did.SETTING_CHANGED, target=key, before=before, after=value)
    return True


def _default(setting: Setting):
    given = current_app.config.get(setting.variable) if setting.variable else ""
    return READ[setting.kind](given) if given else setting.default


def _stored() -> dict[str, str]:
    # Read once a session: a page or job asks for a dozen settings.
    if CACHE not in db.session.info:
        db.session.info[CACHE] = dict(db.session.execute(db.select(SettingValue.key, SettingValue.value)).all())
    return db.session.info[CACHE]

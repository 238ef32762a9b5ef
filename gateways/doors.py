"""Doors: the addresses at which machines of providers knock. A knock without a proof is kept for a person, and nothing else happens."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app

from gateways.knock import Answer, Knock


@dataclass(frozen=True)
class Door:
    """`path` stands below /hooks/; what follows it in the address is the knock's `rest`.

    `refusal` says why a knock is not believed (a code) or None; `take` acts on one that is, and is called again when a person
    admits one that was not: so it must be idempotent. The caller commits. `methods` are those by which it may be asked.
    """

    name: str
    path: str
    refusal: Callable[[Knock], str | None]
    take: Callable[[Knock], Answer]
    methods: tuple[str, ...] = ("POST",)


def connect(app, doors: Sequence[Door]) -> None:
    """Give the application its doors."""
    app.extensions["doors"] = {door.name: door for door in doors}


def at(path: str) -> tuple[Door, str] | None:
    """The door whose path is the longest beginning of `path`, and the rest; None if there is none."""
    fitting = [door for door in all_doors() if path == door.path or path.startswith(door.path + "/")]
    door = max(fitting, key=lambda door: len(door.path), default=None)
    return None if door is None else (door, path[len(door.path):].strip("/"))


def named(name: str) -> Door | None:
    """The door of this name."""
    return current_app.extensions["doors"].get(name)


def all_doors() -> list[Door]:
    """Every door there is."""
    return list(current_app.extensions["doors"].values())

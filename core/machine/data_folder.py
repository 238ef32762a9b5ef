"""The folder in which one installation keeps everything: checked, held by one process at a time, with its secrets."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

SECRET_NAMES = ("SECRET_KEY", "SIMULATOR_TOKEN")
PRIVATE_PARTS = ("logs", "run", "files")


class Refused(Exception):
    """A reason not to start, in one sentence for the person at the terminal."""


def prepare(folder: Path) -> None:
    """Make the folder and its private parts. Raises Refused when it cannot be written."""
    try:
        for part in (folder, *(folder / name for name in PRIVATE_PARTS)):
            part.mkdir(mode=0o755 if part == folder else 0o700, parents=True, exist_ok=True)
            (part / ".writable").touch()
            (part / ".writable").unlink()
    except OSError as error:
        raise Refused(f"The data folder {folder} cannot be written ({error.strerror}); "
                      "choose another one with DATA_DIR=/path.") from None


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder against a second instance. The lock ends with this process, however it ends.

    Raises Refused when another process holds it.
    """
    with (folder / "run" / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Redress is already running on the data folder {folder}.") from None
        yield


def read_secrets(folder: Path) -> dict[str, str]:
    """The secrets of this installation; those that do not exist yet are made and kept (mode 0600)."""
    path = folder / "secrets.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: secrets.token_urlsafe(48) for name in SECRET_NAMES if name not in known}
    if missing:
        write_private(path, known | missing)
    return known | missing


def read_private(path: Path) -> dict:
    """What write_private wrote. Raises Refused when it is not there."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        raise Refused(f"{path} is missing; start Redress first.") from None


def write_private(path: Path, content: dict) -> None:
    """Write JSON that only the owner reads. Replaced in one step: a crash never leaves half a file."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

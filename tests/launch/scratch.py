"""A small application beside a copy of the launcher, and what a person sees when it is started."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
APP = '''
import os, pathlib, click, flask, psycopg
def connect():
    return psycopg.connect(os.environ["DATABASE_URL"].replace("+psycopg", ""), autocommit=True)
def create_app():
    app = flask.Flask("app")
    @app.get("/health/ready")
    def ready():
        with connect() as connection:
            return str(connection.execute("SELECT count(*) FROM setups").fetchone()[0])
    @app.cli.command("setup")
    @click.option("--demo", is_flag=True)
    def setup(demo):
        with connect() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS setups (demo boolean)")
            connection.execute("INSERT INTO setups VALUES (%s)", [demo])
    @app.cli.command("sign-ins")
    def sign_ins():
        print("  manager  m@example.test")
    @app.cli.command("setups")
    def setups():
        with connect() as connection:
            print(*(row[0] for row in connection.execute("SELECT demo FROM setups")))
    return app
'''
WORKER = '''
import os, redis, rq
rq.Worker(["default"], connection=redis.Redis.from_url(os.environ["REDIS_URL"])).work()
'''
SCHEDULE = '''
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
time.sleep(600)
'''


def make_project(root: Path) -> Path:
    """The launcher, core and the simulator as they are, with an application of three small files."""
    shutil.copytree(ROOT / "core", root / "core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "simulator", root / "simulator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "launch.py", root)
    for name, text in {"app.py": APP, "worker.py": WORKER, "schedule.py": SCHEDULE}.items():
        (root / name).write_text(text)
    return root


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Launch:
    """One `python launch.py`, its output in a file so that nothing blocks."""

    def __init__(self, root: Path, port: int, data_dir: Path, *arguments: str):
        self.data_dir, self.out = data_dir, data_dir.parent / f"out-{time.monotonic_ns()}.txt"
        unwanted = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HOST", "PUBLIC_BASE_URL", "STORAGE_URL", "SMS_GATEWAY")
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "launch.py", *arguments], cwd=root, stdout=out, stderr=out, start_new_session=True,
                env=environment | {"PORT": str(port), "DATA_DIR": str(data_dir)})

    def wait_until_ready(self, seconds: float) -> None:
        """Until the last line of the welcome; fails with what was printed."""
        deadline = time.monotonic() + seconds
        while "Stop with Ctrl-C" not in self.text:
            assert self.process.poll() is None and time.monotonic() < deadline, self.text
            time.sleep(0.02)

    def press_ctrl_c(self) -> int:
        """The exit code after an interrupt to the whole group, as a terminal sends it."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(60)

    @property
    def text(self) -> str:
        return self.out.read_text()


def left_over(data_dir: Path) -> list[str]:
    """What still runs for this data folder; the kernel has some seconds to end what was killed."""
    deadline = time.monotonic() + 10
    while (found := processes_of(data_dir)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def processes_of(data_dir: Path) -> list[str]:
    """The command lines of living processes that were told of this data folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("DATA_DIR") == str(data_dir) or str(data_dir) in " ".join(process.cmdline()):
                found.append(" ".join(process.cmdline()) or process.name())
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found

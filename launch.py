"""Everything on one machine: services, web server, workers and scheduler, started and stopped in order."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from core.machine import data_folder, stand_in
from core.machine.data_folder import Refused
from core.machine.installation import Installation
from core.machine.postgres_programs import SYSTEM_USER
from core.machine.processes import Family, Program, end_leftovers
from core.machine.web_address import Address

ROOT = Path(__file__).resolve().parent
FLASK = (sys.executable, "-m", "flask", "--app", "app")
READY_SECONDS = 60
ROOT_NOTE = (f"As root: PostgreSQL runs as the system user {SYSTEM_USER} (created when missing), and the folders "
             "above the data folder and above .venv are made passable for it (chmod go+x).")


def main(arguments: list[str] | None = None) -> int:
    """Run until Ctrl-C. The exit code is 0 after a clean stop and 1 after a refusal or a failure."""
    options = _options(arguments)
    stop = _stop_on_signals()
    try:
        place = Installation.read(ROOT, os.environ)
        data_folder.prepare(place.folder)
        return _run_command(place, options.flask, stop) if options.flask else _serve(place, not options.no_demo, stop)
    except (Refused, RuntimeError) as reason:
        print(reason, file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-demo", action="store_true", help="start with an empty organisation")
    parser.add_argument("--flask", nargs=argparse.REMAINDER, metavar="COMMAND", help="run one flask command and end")
    return parser.parse_args(arguments)


def _serve(place: Installation, demo: bool, stop: threading.Event) -> int:
    with data_folder.held(place.folder):
        end_leftovers(place.folder)
        place.address.check_free()
        say(f"Redress is starting; its data is in {place.folder}")
        if os.geteuid() == 0 and place.brings_database:
            say(ROOT_NOTE)
        with place.services() as environment:
            finished = _set_up(place, demo, environment, stop) and _run(place, demo, environment, stop)
            say("Redress is stopping")
    return 0 if finished or stop.is_set() else 1


def _stop_on_signals() -> threading.Event:
    # A flag and not an exception: a stop in the middle of a start still ends everything in order.
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _set_up(place: Installation, demo: bool, environment: dict[str, str], stop: threading.Event) -> bool:
    """Migrations and reference data where they changed; the demo organisation only the first time."""
    marker = place.setup_marker()
    if marker.is_current():
        return True
    demo = demo and marker.is_missing()
    say("Making the database and a demo organisation; the first time this takes a few minutes:" if demo else "Bringing the database up to date")
    done = _flask(["setup", *(["--demo"] if demo else [])], environment, stop) == 0
    if done:
        marker.write()
    elif not stop.is_set():
        say("The database could not be set up; the reason stands above")
    return done


def _flask(words: list[str], environment: dict[str, str], stop: threading.Event) -> int:
    """Run one flask command to its end, or to the wish to stop; the result is its exit code."""
    process = subprocess.Popen([*FLASK, *words], cwd=ROOT, env=environment)
    while process.poll() is None:
        if stop.wait(0.05):
            process.terminate()
            process.wait()
    return process.returncode


def _run(place: Installation, demo: bool, environment: dict[str, str], stop: threading.Event) -> bool:
    """From the start of the processes to the wish to stop; False when something ended it earlier."""
    say("Starting the web server, two workers and the scheduler")
    with Family([*programs(place.address), *simulator(environment)], place.folder, environment, say) as family, _sign_ins(environment) as sign_ins:
        if not _await_ready(place.address, family, stop):
            return False
        family.start_rest()
        _welcome(place, demo, sign_ins.communicate()[0].strip("\n"), stand_in.address(environment))
        return _watch(place, family, stop)


def _watch(place: Installation, family: Family, stop: threading.Event) -> bool:
    while family.check():
        if stop.wait(0.5):
            return True
        if place.ended_service():
            say(f"{place.ended_service()} ended unexpectedly; its log is below {place.folder}")
            return False
    return False


def programs(address: Address) -> list[Program]:
    """What runs beside the services: web server, two workers, scheduler."""
    # The threads wait for the database most of the time; two processes use two cores, forked from one that is loaded.
    web = (sys.executable, "-m", "gunicorn", "app:create_app()", "--worker-class", "gthread", "--threads", "8",
           "--workers", "2", "--bind", address.bind, "--graceful-timeout", "10", "--no-control-socket", "--preload")
    worker = (sys.executable, "worker.py")
    return [Program("web", ROOT, web, essential=True), Program("worker-1", ROOT, worker),
            Program("worker-2", ROOT, worker), Program("scheduler", ROOT, (sys.executable, "schedule.py"))]


def simulator(environment: dict[str, str]) -> list[Program]:
    """The phone in the browser, where it stands in for a provider of numbers."""
    return [Program("simulator", ROOT, (sys.executable, "-m", "simulator"))] if stand_in.address(environment) else []


@contextlib.contextmanager
def _sign_ins(environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    # Beside the start of the web server: one after the other would cost the person two seconds.
    with subprocess.Popen([*FLASK, "sign-ins"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
                          start_new_session=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _await_ready(address: Address, family: Family, stop: threading.Event) -> bool:
    for _ in range(READY_SECONDS * 10):
        if not family.check():
            return False
        if address.answers("/health/ready"):
            return True
        if stop.wait(0.1):
            return False
    say(f"The web server did not become ready in {READY_SECONDS} seconds; see {family.log('web')}")
    return False


def _welcome(place: Installation, demo: bool, sign_ins: str, phones: str) -> None:
    say(f"\nRedress is ready: {place.address.url}")
    if sign_ins:
        say(f"Sign-ins of the demo organisation:\n{sign_ins}\nAll of its staff share this password; their sign-in names stand on the page People.")
    elif not demo:
        say("In an empty organisation the first visit creates the first administrator.")
    if phones:
        say(f"Phones to text and call the hotline with (development only): {phones}")
    say(f"Logs are in {place.folder / 'logs'}. Stop with Ctrl-C.")


def _run_command(place: Installation, words: list[str], stop: threading.Event) -> int:
    """One flask command, on the services of a running instance or else on its own."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(data_folder.held(place.folder))
            environment = stack.enter_context(place.services())
        except Refused:
            environment = place.environment()
        return _flask(words, environment, stop)


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())

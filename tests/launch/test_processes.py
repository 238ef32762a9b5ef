"""The children of the launcher: started, reported, started again, stopped as one."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from core.machine import data_folder, processes
from core.machine.processes import Family, Program, end_leftovers

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {DEAF!r}])"


@pytest.fixture
def folder(tmp_path):
    data_folder.prepare(tmp_path)
    return tmp_path


@pytest.fixture
def said():
    return []


def family(folder, said, *scripts, essential=False):
    programs = [Program(f"p{number}", folder, (sys.executable, "-c", script), essential)
                for number, script in enumerate(scripts)]
    return Family(programs, folder, {"PATH": "/usr/bin:/bin"}, said.append)


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_up(children, name):
    return "up" in children.log(name).read_text()


def test_all_are_stopped_and_leave_no_pid_file(folder, said):
    with family(folder, said, SLEEPS, SLEEPS) as children:
        children.start_rest()
        wait_for(lambda: is_up(children, "p0") and is_up(children, "p1"))
        assert children.check()
        running = list(children.running.values())
    assert [process.returncode for process in running] == [-signal.SIGTERM, -signal.SIGTERM]
    assert not list(folder.glob("run/*.pid"))
    assert said == []


def test_a_deaf_child_and_its_own_child_are_killed(folder, said, monkeypatch):
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.5)
    # It lives on when its own child is killed first.
    deaf_parent = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PARENT}; import time; time.sleep(60)"
    with family(folder, said, deaf_parent) as children:
        children.start_rest()
        wait_for(lambda: is_up(children, "p0"))
        grandchild = psutil.Process(children.running["p0"].pid).children()[0]
    assert children.running["p0"].returncode == -signal.SIGKILL
    wait_for(lambda: not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE)


def test_a_child_that_ends_is_reported_once_with_its_last_words_and_started_again(folder, said, monkeypatch):
    with family(folder, said, "print('out of paper'); raise SystemExit(3)") as children:
        children.start_rest()
        children.running["p0"].wait()
        assert children.check()
        assert children.check()
        assert len(said) == 1
        assert "p0 ended unexpectedly (exit code 3)" in said[0]
        assert "out of paper" in said[0]
        first = children.running["p0"]
        monkeypatch.setattr(processes, "PAUSE_SECONDS", 0)
        assert children.check()
        assert children.running["p0"] is not first


def test_the_essential_ones_have_the_processors_to_themselves_first(folder, said):
    with family(folder, said, SLEEPS) as children:
        assert not children.running
        children.start_rest()
        assert list(children.running) == ["p0"]


def test_the_end_of_an_essential_child_ends_all(folder, said):
    with family(folder, said, "pass", essential=True) as children:
        children.running["p0"].wait()
        assert not children.check()


def test_a_program_that_cannot_start_stops_those_that_did(folder, said):
    children = family(folder, said, SLEEPS)
    children.programs.append(Program("missing", folder, ("/no/such/program",)))
    with pytest.raises(FileNotFoundError), children:
        children.start_rest()
    assert children.running["p0"].returncode == -signal.SIGTERM


def test_a_long_log_is_put_aside(folder, said, monkeypatch):
    monkeypatch.setattr(processes, "LOG_BYTES", 10)
    (folder / "logs" / "p0.log").write_text("words of yesterday")
    with family(folder, said, SLEEPS) as children:
        children.start_rest()
        wait_for(lambda: is_up(children, "p0"))
    assert (folder / "logs" / "p0.log.1").read_text() == "words of yesterday"


def test_what_a_killed_launcher_left_is_ended(folder):
    with subprocess.Popen([sys.executable, "-c", SLEEPS]) as child:
        (folder / "run" / "web.pid").write_text(str(child.pid))
        end_leftovers(folder)
        assert child.wait(5) == -signal.SIGTERM
    assert not (folder / "run" / "web.pid").exists()


def test_a_younger_process_with_the_same_number_is_spared(folder):
    pid_file = folder / "run" / "web.pid"
    with subprocess.Popen([sys.executable, "-c", SLEEPS]) as stranger:
        pid_file.write_text(str(stranger.pid))
        an_hour_ago = time.time() - 3600
        os.utime(pid_file, (an_hour_ago, an_hour_ago))
        end_leftovers(folder)
        assert stranger.poll() is None
        stranger.kill()
    assert not pid_file.exists()

"""`python launch.py` as a person meets it: started, refused, interrupted, killed, started again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.launch.scratch import Launch, free_port, left_over, make_project, processes_of


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "var"


@pytest.fixture
def launch(project, data_dir):
    started = []

    def start(*arguments, port=None, **kwargs):
        started.append(Launch(project, port or free_port(), kwargs.get("data_dir", data_dir), *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.wait(60)


def command(project, data_dir, *words):
    return subprocess.run([sys.executable, "launch.py", "--flask", *words], cwd=project, text=True, check=False,
                          capture_output=True, env=os.environ | {"DATA_DIR": str(data_dir)})


def _page(running):
    """The HTTP status of the simulator's page, at the address that the welcome names; it starts beside the welcome."""
    address = running.text.partition("(development only): ")[2].split()[0]
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_two_starts_set_up_once_keep_the_data_and_leave_no_process(project, launch, data_dir):
    first = launch()
    first.wait_until_ready(60)
    assert "manager  m@example.test" in first.text
    assert _page(first) == 200
    assert first.press_ctrl_c() == 0
    assert "Traceback" not in first.text
    assert left_over(data_dir) == []
    second = launch()
    second.wait_until_ready(30)
    assert second.press_ctrl_c() == 0
    assert command(project, data_dir, "setups").stdout == "True\n"


def test_a_second_instance_and_a_taken_port_are_refused_in_one_line(project, launch, data_dir):
    port = free_port()
    running = launch(port=port)
    running.wait_until_ready(60)
    for refused, reason in ((launch(), "already running"), (launch(port=port, data_dir=project / "other"), "PORT=")):
        assert refused.process.wait(30) == 1
        assert reason in refused.text
        assert refused.text.count("\n") == 1
    assert command(project, data_dir, "setups").stdout == "True\n"
    assert running.process.poll() is None


def test_a_data_folder_that_cannot_be_made_is_refused_in_one_line(project, launch):
    refused = launch(data_dir=project / "app.py")
    assert refused.process.wait(30) == 1
    assert refused.text.count("\n") == 1
    assert "cannot be written" in refused.text


def test_after_a_kill_the_next_start_ends_what_was_left(launch, data_dir):
    port = free_port()
    killed = launch(port=port)
    killed.wait_until_ready(60)
    killed.process.send_signal(signal.SIGKILL)
    killed.process.wait()
    assert processes_of(data_dir)
    following = launch(port=port)
    following.wait_until_ready(60)
    assert following.press_ctrl_c() == 0
    assert left_over(data_dir) == []


def test_without_demo_none_is_loaded_then_or_later(project, launch, data_dir):
    for arguments, change in ((["--no-demo"], "one"), ([], "two")):
        (project / "packs").mkdir(exist_ok=True)
        (project / "packs" / "tree.yaml").write_text(change)
        running = launch(*arguments)
        running.wait_until_ready(60)
        assert running.press_ctrl_c() == 0
    assert command(project, data_dir, "setups").stdout == "False False\n"


@pytest.mark.parametrize(("pid_file", "name"), [
    ("run/web.pid", "web"), ("postgres/cluster/postmaster.pid", "PostgreSQL"), ("valkey/valkey.pid", "Valkey")])
def test_the_end_of_a_server_ends_all_and_is_named(launch, data_dir, pid_file, name):
    running = launch()
    running.wait_until_ready(60)
    os.kill(int((data_dir / pid_file).read_text().split()[0]), signal.SIGKILL)
    assert running.process.wait(60) == 1
    assert f"{name} ended unexpectedly" in running.text
    assert left_over(data_dir) == []


def test_an_interrupt_in_the_middle_of_the_start_stops_in_order(launch, data_dir):
    early = launch()
    while "Making the database" not in early.text:
        assert early.process.poll() is None, early.text
    assert early.press_ctrl_c() == 0
    assert "Traceback" not in early.text
    assert left_over(data_dir) == []

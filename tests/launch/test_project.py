"""The project itself under the launcher, as a newcomer starts it: with demo data, twice, ended with Ctrl-C."""

import time

import pytest

from tests.launch.scratch import ROOT, Launch, free_port, left_over

pytestmark = pytest.mark.proof
SECOND_START_SECONDS = 6


def start(data_dir, seconds):
    began = time.monotonic()
    running = Launch(ROOT, free_port(), data_dir)
    try:
        running.wait_until_ready(seconds)
    except AssertionError:
        running.press_ctrl_c()
        raise
    return running, time.monotonic() - began


def test_it_starts_with_sign_ins_and_again_within_six_seconds(tmp_path):
    data_dir = tmp_path / "var"
    first, _ = start(data_dir, 180)
    sign_ins = first.text.partition("Sign-ins of the demo organisation:\n")[2].partition("Phones to text")[0]  # their address is another one each time
    assert first.press_ctrl_c() == 0
    assert left_over(data_dir) == []
    assert len(sign_ins.splitlines()) >= 5
    second, seconds = start(data_dir, 60)
    time.sleep(3)  # a worker or scheduler that cannot run has ended by then
    assert second.press_ctrl_c() == 0
    assert "ended unexpectedly" not in second.text
    assert sign_ins in second.text
    assert seconds < SECOND_START_SECONDS
    assert left_over(data_dir) == []

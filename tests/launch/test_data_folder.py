"""The data folder: refused in one line, held once, secrets made once and private."""

import subprocess
import sys

import pytest

from core.machine import data_folder
from core.machine.data_folder import Refused

HOLD = "import sys, time, pathlib; from core.machine import data_folder\n" \
       "with data_folder.held(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


@pytest.fixture
def folder(tmp_path):
    data_folder.prepare(tmp_path / "var")
    return tmp_path / "var"


def test_private_parts_are_closed_to_others(folder):
    assert {part.name: part.stat().st_mode & 0o777 for part in folder.iterdir()} == {
        "logs": 0o700, "run": 0o700, "files": 0o700}


@pytest.mark.parametrize("place", ["a-file", "a-file/below"])
def test_a_folder_that_cannot_be_written_is_refused_in_one_line(tmp_path, place):
    (tmp_path / "a-file").touch()
    with pytest.raises(Refused) as refusal:
        data_folder.prepare(tmp_path / place)
    assert "DATA_DIR" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_second_process_is_refused_until_the_first_is_killed(folder):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refused, match="already running"), data_folder.held(folder):
            pass
        other.kill()
        other.wait()
    with data_folder.held(folder):
        pass


def test_secrets_are_made_once_and_only_the_owner_reads_them(folder):
    first = data_folder.read_secrets(folder)
    assert data_folder.read_secrets(folder) == first
    assert (folder / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(first["SECRET_KEY"]) >= 60


def test_two_installations_share_no_secret(tmp_path, folder):
    data_folder.prepare(tmp_path / "other")
    assert data_folder.read_secrets(folder)["SECRET_KEY"] != data_folder.read_secrets(tmp_path / "other")["SECRET_KEY"]


def test_a_new_secret_leaves_the_others_as_they_are(folder, monkeypatch):
    first = data_folder.read_secrets(folder)
    monkeypatch.setattr(data_folder, "SECRET_NAMES", (*data_folder.SECRET_NAMES, "ANOTHER_KEY"))
    second = data_folder.read_secrets(folder)
    assert second["SECRET_KEY"] == first["SECRET_KEY"]
    assert second == data_folder.read_secrets(folder)
    assert second["ANOTHER_KEY"]


def test_what_was_never_written_is_refused(folder):
    with pytest.raises(Refused, match="start Redress first"):
        data_folder.read_private(folder / "run" / "services.json")

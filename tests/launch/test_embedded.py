"""PostgreSQL and Valkey from their wheels: they keep data, survive kills and strange folder names, and leave nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from core.machine import embedded

KILLED = """
import os, signal, sys
from core.machine import embedded
with embedded.postgres(sys.argv[1] + "/postgres"), embedded.valkey(sys.argv[1] + "/valkey"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def ask(url, statement):
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def count_up(url):
    with redis.Redis.from_url(url) as client:
        return client.incr("n")


def postmaster(home: Path):
    return psutil.Process(int((home / "cluster" / "postmaster.pid").read_text().split()[0]))


def has_ended(process):
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_both_keep_their_data_over_a_stop(tmp_path):
    home = tmp_path / ("deep folder's name " * 6)
    with embedded.postgres(home / "postgres", fsync="off") as url, embedded.valkey(home / "valkey") as queue:
        ask(url, "CREATE TABLE kept AS SELECT 7 AS n")
        assert ask(url, "SHOW fsync") == "off"
        assert count_up(queue) == 1
        server = postmaster(home / "postgres")
    assert has_ended(server)
    with embedded.postgres(home / "postgres", fsync="off") as url, embedded.valkey(home / "valkey") as queue:
        assert ask(url, "SELECT n FROM kept") == 7
        assert count_up(queue) == 2


def test_the_database_does_not_depend_on_the_locale_of_the_machine(tmp_path, monkeypatch):
    for name, value in {"LANG": "C", "LC_ALL": "C", "TZ": "Asia/Shanghai"}.items():
        monkeypatch.setenv(name, value)
    with embedded.postgres(tmp_path / "postgres", fsync="off") as url:
        assert ask(url, "SELECT current_setting('server_encoding') || current_setting('TimeZone') || lower('É噪')") \
            == "UTF8UTCé噪"


def test_servers_of_a_killed_process_give_way(tmp_path):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    old = postmaster(tmp_path / "postgres")
    assert not has_ended(old)
    with embedded.postgres(tmp_path / "postgres") as url, embedded.valkey(tmp_path / "valkey") as queue:
        assert has_ended(old)
        assert ask(url, "SELECT 1") == 1
        assert count_up(queue) == 1


def test_a_number_that_now_belongs_to_another_program_does_not_stop_the_start(tmp_path):
    with embedded.postgres(tmp_path / "postgres", fsync="off"):
        old = (tmp_path / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()
    stale = tmp_path / "postgres" / "cluster" / "postmaster.pid"
    stale.write_text("\n".join([str(os.getpid()), *old[1:]]))
    with embedded.postgres(tmp_path / "postgres", fsync="off") as url:
        assert ask(url, "SELECT 1") == 1


def test_a_database_that_does_not_start_says_why(tmp_path):
    with pytest.raises(RuntimeError, match="no_such_setting"), embedded.postgres(tmp_path, no_such_setting="1"):
        pass


def test_a_queue_that_does_not_start_says_why(tmp_path):
    with embedded.valkey(tmp_path) as queue:
        count_up(queue)
    next((tmp_path / "appendonlydir").glob("*.manifest")).write_text("nonsense\n")
    with pytest.raises(RuntimeError, match="Valkey did not start"), embedded.valkey(tmp_path):
        pass

"""The account that PostgreSQL runs under where the installation belongs to root."""
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

from core.machine import postgres_programs

STARTS = 4


def test_servers_that_start_in_the_same_moment_add_the_account_once(monkeypatch):
    accounts, asked, together = {}, [], Barrier(STARTS)

    def useradd(command, **_):
        asked.append(command)
        if len(asked) > 1:
            raise subprocess.CalledProcessError(1, command)
        time.sleep(0.05)
        accounts[command[-1]] = SimpleNamespace(pw_uid=995, pw_gid=994)

    def start(_):
        together.wait()
        return postgres_programs._system_user()

    monkeypatch.setattr(postgres_programs.subprocess, "run", useradd)
    monkeypatch.setattr(postgres_programs.pwd, "getpwnam", accounts.__getitem__)
    with ThreadPoolExecutor(STARTS) as starts:
        assert list(starts.map(start, range(STARTS))) == [(995, 994)] * STARTS

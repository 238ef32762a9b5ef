"""What the tests of the commands share."""
import contextlib
import csv
import functools
import json

import pytest

from tests.commands import installations


@pytest.fixture
def run(app, database):
    """Run one flask command in English; its output."""
    return functools.partial(installations.call, app)


@pytest.fixture
def installation(services, tmp_path):
    """Make installations by name, each with a database and a folder of files of its own."""
    with contextlib.ExitStack() as stack:
        yield lambda name: stack.enter_context(installations.installation(services, tmp_path, name))


@pytest.fixture
def write(tmp_path):
    """Write rows as a CSV or JSONL file, by the name; returns its path."""
    def save(name: str, rows: list[dict], encoding: str = "utf-8"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            if name.endswith(".jsonl"):
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            else:
                writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
                writer.writeheader()
                writer.writerows(rows)
        return path
    return save

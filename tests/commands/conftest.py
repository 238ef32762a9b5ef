"""What the tests of the commands share."""
import csv
import json

import pytest


@pytest.fixture
def run(app, database):
    """Run one flask command in English; the result has output and exit_code."""
    def invoke(*args, code: int = 0):
        result = app.test_cli_runner(env={"LC_ALL": "C.UTF-8"}).invoke(args=[str(arg) for arg in args])
        assert result.exit_code == code, result.output
        return result.output
    return invoke


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

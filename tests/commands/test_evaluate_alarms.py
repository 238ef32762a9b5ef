"""flask evaluate alarms: files by day and by hour, several series, gaps, and what is wrong with a file."""
import json
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner

from commands.alarms import alarms
from commands.series_file import spells

FIRST = date(2025, 1, 6)


def file_of(tmp_path, lines, header="day,kind,n"):
    path = tmp_path / "series.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def days(number, count=lambda day: 20, kind="late", first=FIRST):
    return [f"{first + timedelta(days=day)},{kind},{count(day)}" for day in range(number)]


def run(*arguments, code=0):
    done = CliRunner().invoke(alarms, [str(one) for one in arguments])
    assert done.exit_code == code, done.output
    return [json.loads(line) for line in done.output.splitlines()] if code == 0 else done.output


def test_one_line_an_episode(tmp_path):
    path = file_of(tmp_path, days(40, lambda day: 200 if day == 30 else 20) + days(40, kind="short"))
    found = run(path, "--time", "day", "--count", "n", "--by", "kind")
    assert len(found) == 1
    assert found[0] | {"expected": 0, "p": 0} == {"time": "2025-02-05T00:00:00", "until": "2025-02-06T00:00:00", "series": "late",
                                                   "observed": 200.0, "expected": 0, "p": 0}
    assert 15 < found[0]["expected"] < 25 and 0 < found[0]["p"] < 1e-4


def test_without_series_the_counted_column_names_it(tmp_path):
    path = file_of(tmp_path, days(40, lambda day: 200 if day == 30 else 20))
    assert [one["series"] for one in run(path, "--time", "day", "--count", "n")] == ["n"]


def test_hours_are_told_by_the_times(tmp_path):
    hours = [datetime(2025, 1, 6) + timedelta(hours=at) for at in range(24 * 28)]
    path = file_of(tmp_path, [f"{hour},x,{90 if at == 600 else 3}" for at, hour in enumerate(hours)])
    assert [one["time"] for one in run(path, "--time", "day", "--count", "n")] == ["2025-01-31T00:00:00"]


def test_a_missing_row_is_a_zero_and_a_long_gap_a_new_start(tmp_path):
    path = file_of(tmp_path, days(20)[::2] + days(5, first=date(2025, 6, 1)))
    first, second = spells(path, "day", "n", "kind")
    assert first.counts.tolist() == [[20.0, 0.0] * 9 + [20.0]]
    assert second.counts.tolist() == [[20.0] * 5]


def test_rows_of_one_time_are_added_up(tmp_path):
    (spell,) = spells(file_of(tmp_path, days(3) + days(3, kind="short")), "day", "n", None)
    assert spell.counts.tolist() == [[40.0] * 3]


@pytest.mark.parametrize(("lines", "words"), [(["2025-01-01,late,many"], "line 2"), (["2025-01-01,late,3", "soon,late,3"], "line 3"),
                                              (["2025-01-01,late,-1"], "line 2"), (["2025-01-01"], "line 2"), ([], "no rows")])
def test_what_is_wrong_is_named(tmp_path, lines, words):
    assert words in run(file_of(tmp_path, lines), "--time", "day", "--count", "n", code=1)


def test_a_column_that_is_not_there_is_named(tmp_path):
    output = run(file_of(tmp_path, days(3)), "--time", "when", "--count", "n", code=1)
    assert "when" in output and "kind" in output

"""A CSV of counts over time, as the alarms read it: its spells, by hour or by day, a missing row counting as none."""
import csv
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click
import numpy as np

from reporting.hot.episodes import DAY, HOUR, Spell

GAP = timedelta(weeks=3)  # without any row: nobody counted then
Cells = dict[datetime, dict[str, float]]


def spells(path: Path, time_column: str, count_column: str, by_column: str | None) -> list[Spell]:
    """The counts of the file, in order. ClickException naming the column or the line that cannot be used.

    Rows of one time and series are added up; without `by_column` there is one series, called like the counted column.
    """
    rows = list(_rows(path, time_column, count_column, by_column))
    if not rows:
        raise click.ClickException(f"{path} has no rows")
    width = DAY if len({moment.time() for moment, _, _ in rows}) == 1 else HOUR
    cells: Cells = defaultdict(lambda: defaultdict(float))
    for moment, series, count in rows:
        cells[_slot(moment, width)][series] += count
    return [_spell(part, width, cells) for part in _parts(sorted(cells))]


def _rows(path: Path, time_column: str, count_column: str, by_column: str | None):
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            missing = [name for name in (time_column, count_column, by_column) if name and name not in (table.fieldnames or ())]
            if missing:
                raise click.ClickException(f"{path} has no column {', '.join(missing)}; it has {', '.join(table.fieldnames or ())}")
            for row in table:
                yield _row(row, path, table.line_num, time_column, count_column, by_column)
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not UTF-8") from None


def _row(row: dict, path: Path, line: int, time_column: str, count_column: str, by_column: str | None) -> tuple[datetime, str, float]:
    try:
        moment, count = datetime.fromisoformat(row[time_column].strip()).replace(tzinfo=None), float(row[count_column])
    except (ValueError, AttributeError, TypeError):
        moment, count = None, -1.0
    if moment is None or not 0 <= count < float("inf"):
        raise click.ClickException(f"{path}, line {line}: wanted are a time like 2025-01-31 or 2025-01-31 14:00 and a count of zero or more")
    return moment, row[by_column] if by_column else count_column, count


def _slot(moment: datetime, width: timedelta) -> datetime:
    return datetime.combine(date(moment.year, moment.month, moment.day), time(0 if width == DAY else moment.hour))


def _parts(times: list[datetime]) -> list[list[datetime]]:
    parts = [times[:1]]
    for before, moment in zip(times, times[1:], strict=False):
        if moment - before > GAP:
            parts.append([])
        parts[-1].append(moment)
    return parts


def _spell(times: list[datetime], width: timedelta, cells: Cells) -> Spell:
    names = sorted({name for moment in times for name in cells[moment]})
    counts = np.zeros((len(names), (times[-1] - times[0]) // width + 1))
    for moment in times:
        for name, count in cells[moment].items():
            counts[names.index(name), (moment - times[0]) // width] = count
    return Spell(times[0], width, names, counts)

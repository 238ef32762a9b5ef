"""flask evaluate alarms: which rises the alarm of hot issues finds in a series of the operator's own."""
import json
from pathlib import Path

import click

from commands.series_file import spells
from reporting.hot.episodes import Episode, episodes


@click.command("alarms")
@click.argument("series", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--time", "time_column", required=True, help="The column with the day or the hour.")
@click.option("--count", "count_column", required=True, help="The column with the number of complaints.")
@click.option("--by", "by_column", help="The column that names the series, if there are several.")
def alarms(series: Path, time_column: str, count_column: str, by_column: str | None) -> None:
    """Look for unusual rises in SERIES, a CSV by day or by hour; one line of JSON for each.

    A missing row counts as zero; after a gap of more than three weeks everything is learned anew, and the first two weeks are silent.
    """
    for spell in spells(series, time_column, count_column, by_column):
        for episode in episodes(spell):
            click.echo(json.dumps(_line(episode), ensure_ascii=False))


def _line(episode: Episode) -> dict:
    return {"time": episode.time.isoformat(), "until": episode.until.isoformat(), "series": episode.series, "observed": round(episode.observed, 3),
            "expected": round(episode.expected, 3), "p": float(f"{episode.p:.3g}")}

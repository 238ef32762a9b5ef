"""flask evaluate: how well the product's own functions do on texts of the operator's choosing; no service has to run."""
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from catalog.loader import read
from commands.alarms import alarms
from retailers import stopping
from satisfaction import reading
from satisfaction.services import SCORES
from triage import loaded
from triage.duplicates import told
from triage.duplicates.likeness import judge
from triage.duplicates.threshold import THRESHOLD
from triage.duplicates.vocabulary import Vocabulary
from triage.loader import examples, vocabulary


@click.group("evaluate")
def evaluate() -> None:
    """Measure on your own texts and series; each command prints JSON, one object a line."""


evaluate.add_command(alarms)


@evaluate.command("triage")
@click.argument("test", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--train", "training", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Learn from this file instead of the product's own examples.")
def triage(test: Path, training: Path | None) -> None:
    """Classify the texts of TEST, a JSONL file with `text` and `leaf` (or `label`)."""
    pack = Path(current_app.root_path) / "packs" / "standard"
    learned = _rows(training) if training else [(text, leaf) for leaf, text in examples(pack)]
    asked = _rows(test)
    classifier = loaded.classifier()
    try:
        model = classifier.train(*zip(*learned, strict=True), by_hand=_by_hand(pack))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    scores = classifier.evaluate(model, *zip(*asked, strict=True))
    click.echo(json.dumps({name: round(value, 4) for name, value in asdict(scores).items()}))


ACTIONS = ("score", "optout", "complaint", "other")


@evaluate.command("ratings")
@click.argument("replies", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def ratings(replies: Path) -> None:
    """Read the REPLIES to a survey, a JSONL file with `text`, `score` (1 to 5 or null) and `action` (score, optout, complaint, other).

    A row is correct if the score is the same, and it is taken as "send me no more" exactly where the file says optout.
    """
    rows = _read(replies, _reply, f"text, score (1 to 5 or null) and action ({', '.join(ACTIONS)})")
    correct = sum(_taken_as(text) == (score, action == "optout") for text, score, action in rows)
    click.echo(json.dumps({"n": len(rows), "correct": correct}))


def _reply(row: dict) -> tuple[str, int | None, str]:
    text, score, action = row["text"], row["score"], row["action"]
    if not isinstance(text, str) or isinstance(score, bool) or score not in (None, *SCORES) or action not in ACTIONS:
        raise ValueError
    return text, score, action


def _taken_as(text: str) -> tuple[int | None, bool]:
    """(score, taken as an opt-out?), in the order in which the recognisers of the hotline look at a text."""
    return (None, True) if stopping.stops(text) else (reading.read(text).score, False)


@evaluate.command("duplicates")
@click.argument("pairs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--threshold", type=click.FloatRange(0, 1), default=THRESHOLD.default, show_default=True, help="From this score on a pair would be proposed.")
def duplicates(pairs: Path, threshold: float) -> None:
    """Judge PAIRS of contacts of one retailer, a JSONL file with `a`, `b`, `minutes_apart`, `channel_a`, `channel_b` and `same_matter`."""
    rows = _read(pairs, _pair, "a, b, minutes_apart (a number), channel_a, channel_b and same_matter (true or false)")
    pack = Path(current_app.root_path) / "packs" / "standard"
    model = loaded.classifier().train(*zip(*((text, leaf) for leaf, text in examples(pack)), strict=True))
    listed = vocabulary(pack)
    said, same = [_likeness(row, model, listed) >= threshold for row in rows], [row["same_matter"] for row in rows]
    right = sum(one and other for one, other in zip(said, same, strict=True))
    click.echo(json.dumps({"n": len(rows), "precision": _part(right, sum(said)), "recall": _part(right, sum(same)), "threshold": threshold}))


def _pair(row: dict) -> dict:
    if not all(isinstance(row[side], str) for side in "ab") or row["same_matter"] not in (True, False):
        raise ValueError
    return row | {"minutes_apart": float(row["minutes_apart"]), "same_matter": bool(row["same_matter"])}


def _likeness(row: dict, model, listed: Vocabulary) -> float:
    """The score of a pair, read as the product reads two tickets that nobody has decided about yet."""
    first, second = (told.undecided(row[side], str(row.get(f"channel_{side}") or ""), model, listed) for side in "ab")
    return judge(first, second, row["minutes_apart"]).score


def _part(some: int, of: int) -> float | None:
    return round(some / of, 4) if of else None


def _rows(path: Path) -> list[tuple[str, str]]:
    """(text, label) of every line."""
    return _read(path, lambda row: (str(row["text"]), str(row.get("leaf") or row["label"])), "text and leaf (or label)")


def _read(path: Path, take: Callable[[dict], object], wanted: str) -> list:
    """What `take` makes of every line. ClickException naming the first line that cannot be used, or an empty file."""
    found = []
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                found.append(take(json.loads(line)))
            except (ValueError, KeyError, AttributeError, TypeError):
                raise click.ClickException(f"{path}, line {number}: not a JSON object with {wanted}") from None
    if not found:
        raise click.ClickException(f"{path} is empty")
    return found


def _lines(path: Path) -> list[str]:
    """Ends of lines only, as JSONL has them: a text may hold other characters that Python takes for one."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not UTF-8") from None


def _by_hand(pack: Path) -> frozenset[str]:
    """Categories of the pack that are never dispatched without a person."""
    return frozenset(leaf["code"] for leaf in read(pack / "catalog.yaml")["leaves"]
                     if leaf["access"] == "sealed" or not leaf.get("automatic", True))

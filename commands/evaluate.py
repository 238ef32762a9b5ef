"""flask evaluate: how well the product's own functions do on texts of the operator's choosing; no service has to run."""
import json
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from catalog.loader import read
from triage import loaded
from triage.loader import examples


@click.group("evaluate")
def evaluate() -> None:
    """Measure on your own texts; each command prints one line of JSON."""


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


def _rows(path: Path) -> list[tuple[str, str]]:
    """(text, label) of every line. ClickException naming the first line that cannot be used."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            found.append(_row(path, number, line))
    if not found:
        raise click.ClickException(f"{path} is empty")
    return found


def _row(path: Path, number: int, line: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
        return str(row["text"]), str(row.get("leaf") or row["label"])
    except (ValueError, KeyError, AttributeError):
        raise click.ClickException(f"{path}, line {number}: not a JSON object with text and leaf (or label)") from None


def _by_hand(pack: Path) -> frozenset[str]:
    """Categories of the pack that are never dispatched without a person."""
    return frozenset(leaf["code"] for leaf in read(pack / "catalog.yaml")["leaves"]
                     if leaf["access"] == "sealed" or not leaf.get("automatic", True))

"""The product's own examples against texts that were written without looking at them."""
import json
from pathlib import Path

import pytest

from catalog.loader import read
from triage import classifier
from triage.loader import examples

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "packs" / "standard"
BY_HAND = {leaf["code"] for leaf in read(PACK / "catalog.yaml")["leaves"] if leaf["access"] == "sealed" or not leaf.get("automatic", True)}


@pytest.fixture(scope="module")
def scores():
    rows = [json.loads(line) for line in (Path(__file__).parent / "held_out.jsonl").read_text(encoding="utf-8").splitlines()]
    plain = [row for row in rows if row["plain"]]
    leaves, texts = zip(*examples(PACK), strict=True)
    return classifier.evaluate(classifier.train(texts, leaves, BY_HAND), [row["text"] for row in plain], [row["leaf"] for row in plain])


def test_plain_texts_are_understood(scores):
    assert scores.n > 500
    assert scores.accuracy >= 0.85
    assert scores.top3 >= 0.95


def test_many_need_no_person_and_few_of_those_are_wrong(scores):
    assert scores.automatic >= 0.4
    assert scores.automatic_wrong <= 0.05

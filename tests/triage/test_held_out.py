"""The product's own examples against texts that were written without looking at them."""
import json
from pathlib import Path

import pytest

from triage import classifier, several

HERE = Path(__file__).parent


def rows(name: str) -> list[dict]:
    """The rows of a set."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def scores(model, some: list[dict]):
    """How well these rows are understood."""
    return classifier.evaluate(model, [row["text"] for row in some], [row["leaf"] for row in some])


@pytest.fixture(scope="module")
def plain(pack_model):
    return scores(pack_model, [row for row in rows("held_out") if row["plain"]])


def test_plain_texts_are_understood(plain):
    assert plain.n > 500
    assert plain.accuracy >= 0.9
    assert plain.top3 >= 0.95


def test_many_need_no_person_and_few_of_those_are_wrong(plain):
    assert plain.automatic >= 0.5
    assert plain.automatic_wrong <= 0.02


def test_hard_texts_wait_for_a_person_rather_than_go_astray(pack_model):
    """Dialect, misheard, a few words, denials, the words of another category: by two hands."""
    hard = scores(pack_model, [row for row in rows("held_out") if not row["plain"]] + rows("held_out_hard"))
    assert hard.n > 250
    assert hard.automatic_wrong <= 0.03
    assert hard.automatic <= 0.3


def test_texts_with_two_matters_are_told_from_those_with_one(pack_model):
    """Of texts written for this (README), and of the plain ones that were written for something else."""
    def found(some: list[dict]) -> float:
        return sum(bool(several.parts(pack_model, row["text"])) for row in some) / len(some)
    told = rows("several")
    assert found([row for row in told if len(row["leaves"]) == 2]) >= 0.65
    assert found([row for row in told if len(row["leaves"]) == 1]) <= 0.06
    assert found([row for row in rows("held_out") if row["plain"]]) <= 0.04

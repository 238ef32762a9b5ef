"""What retailers speak of: each subject once, named and worded in both languages."""
from pathlib import Path

import pytest
import yaml

from triage.duplicates.subjects import Subject, spoken_of

SUBJECTS = yaml.safe_load((Path(__file__).parents[2] / "packs/standard/subjects.yaml").read_text(encoding="utf-8"))["subjects"]


def test_no_subject_stands_twice():
    codes = [row["code"] for row in SUBJECTS]
    assert len(codes) == len(set(codes)) > 50


@pytest.mark.parametrize("row", SUBJECTS, ids=lambda row: row["code"])
def test_a_subject_has_names_and_words_in_both_languages(row):
    assert row["name_zh"].strip() and row["name_en"].isascii()
    assert {word.isascii() for word in row["words"]} == {True, False}
    assert len(row["words"]) == len(set(row["words"]))


@pytest.mark.parametrize("row", SUBJECTS, ids=lambda row: row["code"])
def test_every_word_finds_its_subject(row):
    subject = Subject(row["code"], tuple(row["words"]))
    assert [word for word in row["words"] if not spoken_of(f"啊，{word}，啊" if not word.isascii() else f"so {word} then", (subject,))] == []

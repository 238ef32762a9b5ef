"""The dictionary of mishearings: enough of it, in the right script, and never proposing the right word's opposite of itself."""
import re
from pathlib import Path

import pytest
import yaml

from hotline.transcripts.models import DOMAINS

WHOLE = yaml.safe_load((Path(__file__).parents[2] / "packs/standard/dictionary.yaml").read_text(encoding="utf-8"))
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]+"), re.compile(r"[A-Za-z][A-Za-z' -]*")
TERMS = [(language, domain, meant, heard) for language, domains in WHOLE.items() for domain, terms in domains.items() for meant, heard in terms.items()]


def heard_in(language: str) -> list[str]:
    return [form.casefold() for known, _domain, _meant, heard in TERMS for form in heard if known == language]


def test_there_are_enough():
    assert len([term for term in TERMS if term[0] == "zh"]) >= 80
    assert len([term for term in TERMS if term[0] == "en"]) >= 40


@pytest.mark.parametrize(("language", "domain", "meant", "heard"), TERMS, ids=[term[2] for term in TERMS])
def test_a_term(language, domain, meant, heard):
    script = HAN if language == "zh" else LATIN
    assert domain in DOMAINS
    assert heard
    assert len(set(heard)) == len(heard)
    assert all(script.fullmatch(form) for form in (meant, *heard)), (meant, heard)
    assert meant not in heard


@pytest.mark.parametrize("language", WHOLE)
def test_what_is_meant_is_nowhere_a_mishearing(language):
    assert {term[2].casefold() for term in TERMS if term[0] == language} & set(heard_in(language)) == set()


@pytest.mark.parametrize("language", WHOLE)
def test_a_term_stands_once(language):
    meant = [term[2] for term in TERMS if term[0] == language]
    assert len(meant) == len(set(meant))

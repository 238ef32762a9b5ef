"""The example sentences of the standard pack: enough of them, in both languages, and none a copy of another."""
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from catalog.loader import read
from triage.loader import examples

PACK = Path(__file__).resolve().parents[2] / "packs" / "standard"
ALL = list(examples(PACK))
LEAVES = {leaf["code"] for leaf in read(PACK / "catalog.yaml")["leaves"]}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Near copies share this much of their character pairs (zh) or runs of four (en), digits and punctuation left out.
# The same sentence with one noun swapped shares 0.6 to 0.8; two people telling the same thing rarely share 0.3.
TOO_ALIKE = 0.5
RUN = {"zh": 2, "en": 4}


def in_language(lang):
    """Texts of one language."""
    return [text for _leaf, text in ALL if bool(CHINESE.search(text)) == (lang == "zh")]


def alike(texts, run):
    """Pairs of `texts` that share TOO_ALIKE of their character runs (Jaccard)."""
    plain = [re.sub(r"[\W\d_]+", " " if run == 4 else "", text.lower()) or text for text in texts]
    shared = CountVectorizer(analyzer="char", ngram_range=(run, run), binary=True, dtype=np.int32).fit_transform(plain)
    sizes = np.asarray(shared.sum(axis=1)).ravel()
    both = (shared @ shared.T).tocoo()
    near = (both.row < both.col) & (both.data >= TOO_ALIKE * (sizes[both.row] + sizes[both.col] - both.data))
    return [(texts[one], texts[other]) for one, other in zip(both.row[near], both.col[near], strict=True)]


def test_every_category_has_sixty_and_more_in_both_languages():
    counts = Counter((leaf, "zh" if CHINESE.search(text) else "en") for leaf, text in ALL)
    assert {leaf for leaf, _lang in counts} == LEAVES
    assert {key: count for key, count in counts.items() if count < 60} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_example_is_a_near_copy(lang):
    assert alike(in_language(lang), RUN[lang]) == []


def test_swapped_nouns_would_be_found():
    pair = ["你们今天该给我送的货到现在还没有送到店里", "你们昨天该给我送的烟到现在还没有送到店里"]
    assert alike(pair, RUN["zh"]) == [tuple(pair)]


def test_both_languages_stand_in_their_own_folder():
    for path in (PACK / "examples").glob("*/**/*.txt"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
        chinese = sum(bool(CHINESE.search(line)) for line in lines) / len(lines)
        assert chinese > 0.8 if path.relative_to(PACK / "examples").parts[0].startswith("zh") else chinese < 0.1, path


def test_people_write_short_and_long():
    lengths = sorted(len(text) for text in in_language("zh"))
    assert lengths[len(lengths) // 5] <= 20
    assert lengths[-len(lengths) // 5] >= 40

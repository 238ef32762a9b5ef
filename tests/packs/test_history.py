"""The material of the demo's history: enough of it, filled with known slots, said in words that may be sent, and nobody else's."""
import re
from pathlib import Path

import pytest
import yaml

from answers import lint

PACKS = Path(__file__).parents[2] / "packs"
GROUPS = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((PACKS / "demo" / "history").glob("*.yaml")) if path.stem != "common"}
COMMON = yaml.safe_load((PACKS / "demo" / "history" / "common.yaml").read_text())
LEAVES = {code: leaf for group in GROUPS.values() for code, leaf in group["leaves"].items()}
CATALOG = yaml.safe_load((PACKS / "standard" / "catalog.yaml").read_text())
KNOWN = {leaf["code"]: leaf for leaf in CATALOG["leaves"]}
SLOTS = {"item", "item2", "day", "hour", "n", "n4", "few", "amt", "ord", "street", "staff", "name1"}
EXAMPLES = PACKS / "standard" / "examples"
LEAST = {"zh": 30, "en": 12}


def codes(section):
    return {item["code"] for item in CATALOG[section]}


def texts_of(data):
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of(value)


def test_every_leaf_has_enough_to_say():
    assert set(LEAVES) == set(KNOWN)
    for code, leaf in LEAVES.items():
        for lang, least in LEAST.items():
            assert len(set(leaf[lang])) == len(leaf[lang]) >= least, (code, lang)


def test_slots_are_known_and_both_languages_have_the_same_lines():
    used = {slot for data in (*GROUPS.values(), COMMON) for text in texts_of(data) for slot in re.findall(r"<([a-z]+\d?)>", text)}
    assert used <= SLOTS
    assert set(COMMON["zh"]) == set(COMMON["en"])


@pytest.mark.parametrize("code", sorted(LEAVES))
def test_what_was_found_uses_known_codes_and_may_be_sent(code):
    leaf = LEAVES[code]
    assert set(leaf["desired"]) <= codes("desired_outcomes") and set(leaf["kinds"]) <= codes("kinds")
    for found in [*leaf["found"], *(leaf[name] for name in ("planted_found", "planted_found_other") if name in leaf)]:
        assert found["outcome"] in codes("outcomes") and found["cause"] in codes("root_causes") and found["remedy"] in codes("remedies")
        for lang in ("zh", "en"):
            assert len(found[lang]) == 2
            assert not lint.check("\n".join(found[lang]), KNOWN[code]["may_promise"], lang, ()), found[lang]


def test_it_tells_nothing_that_the_examples_tell():
    """What a machine learns from and what the demo says must stay apart: measured on the one it would else be flattered by the other."""
    examples = [grams(line) for path in sorted(EXAMPLES.rglob("*")) if path.is_file() for line in sentences(path)]
    if not examples:
        pytest.skip("there are no examples to compare with")
    index = {}
    for number, example in enumerate(examples):
        for gram in example:
            index.setdefault(gram, []).append(number)
    near = [text for code, leaf in LEAVES.items() for lang in LEAST for text in leaf[lang] if nearest(grams(text), examples, index) >= 0.5]
    assert near == []


def sentences(path):
    if path.suffix in (".yaml", ".yml"):
        return [text for text in texts_of(yaml.safe_load(path.read_text())) if len(text) > 3]
    return [line for line in path.read_text().splitlines() if len(line) > 3]


def grams(text):
    plain = re.sub(r"<[a-z]+\d?>|[\s，。！？,.!?；：:;、“”\"']+", "", text.lower())
    return {plain[i:i + 2] for i in range(len(plain) - 1)}


def nearest(text, examples, index):
    shared = {}
    for gram in text:
        for number in index.get(gram, ()):
            shared[number] = shared.get(number, 0) + 1
    return max((count / len(text | examples[number]) for number, count in shared.items()), default=0)

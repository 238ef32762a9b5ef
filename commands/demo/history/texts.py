"""What shop owners say (pure): a core of the matter, told with other openings, details and ends, as one speaks, writes or texts."""
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from catalog.models import NOISE
from core import yaml_file

SLOT = re.compile(r"<([a-z]+\d?)>")
GLUE = {"zh": "", "en": " "}
STOPS = "。，！？.,!?"
TYPING_SLIP = 0.12
MOST_TRIES = 60


@dataclass(frozen=True)
class Spot:
    """What the slots of a text are filled with: facts that the ticket keeps beside the words."""

    order_no: str
    amount: int
    quantity: int
    few: int
    day: str
    hour: str
    street: str
    staff: str


@dataclass
class Book:
    """All material of packs/demo/history: `common` by language, `groups` by leaf, `leaves` by leaf; and what was said already."""

    common: Mapping
    groups: Mapping[str, Mapping]
    leaves: Mapping[str, Mapping]
    said: set[str] = field(default_factory=set)

    def tell(self, rng: Random, leaf: str, lang: str, channel: str, spot: Spot, planted: bool = False) -> str:
        """A text that nobody has told before. LookupError if the material is used up."""
        for _try in range(MOST_TRIES):
            text = self._dress(rng, lang, channel, self._sentences(rng, leaf, lang, channel, spot, planted))
            if text not in self.said:
                self.said.add(text)
                return text
        raise LookupError(f"no new text for {leaf} in {lang}")

    def names_staff(self, rng: Random, leaf: str) -> bool:
        """May a text of this leaf name somebody of the staff?"""
        return any("<staff>" in core for core in self.leaves[leaf]["zh"]) and rng.random() < 0.6

    def line(self, rng: Random, name: str, lang: str, spot: Spot | None = None) -> str:
        """One of the common lines, filled."""
        return fill(rng, rng.choice(self.common[lang][name]), self.common[lang], spot)

    def _sentences(self, rng: Random, leaf: str, lang: str, channel: str, spot: Spot, planted: bool) -> list[str]:
        told, group = self.leaves[leaf], self.groups[leaf]
        cores = [core for core in told[lang] if bool(spot.staff) or "<staff>" not in core]
        parts = [rng.choice(group["openings"][lang]), rng.choice(cores)]
        parts += [rng.choice(group["planted"][lang])] if planted else []
        for name, share in (("details", 0.75), ("consequences", 0.5), ("wishes", 0.5)):
            if rng.random() < share * (0.55 if channel == "sms" else 1) and leaf != NOISE:
                parts.append(rng.choice(group[name][lang]))
        return [fill(rng, part, self.common[lang], spot) for part in parts if part]

    def _dress(self, rng: Random, lang: str, channel: str, sentences: list[str]) -> str:
        words = self.common[lang]
        if channel == "sms":
            return self._as_text_message(rng, lang, sentences)
        ended = [sentence if sentence[-1] in STOPS else sentence + ("。" if lang == "zh" else ".") for sentence in sentences]
        before = {"phone": words["callers"], "visit": words["visitors"], "counter": words["visitors"]}.get(channel, [""])
        last = rng.choice(words["rounds_off"])
        return GLUE[lang].join([rng.choice(before).strip(), *ended, last] if last else [rng.choice(before).strip(), *ended]).strip()

    def _as_text_message(self, rng: Random, lang: str, sentences: list[str]) -> str:
        bare = [sentence.strip(STOPS) for sentence in sentences]
        tail = rng.choice(self.common[lang]["sms_tails"])
        text = " ".join([*bare, tail] if tail else bare)
        if rng.random() < TYPING_SLIP:
            right, wrong = rng.choice(list(self.common[lang]["typos"].items()))
            text = text.replace(right, wrong, 1) if lang == "zh" else re.sub(rf"\b{right}\b", wrong, text, count=1)
        return text


def read(folder: Path) -> Book:
    """The material in a folder of YAML files."""
    common, groups, leaves = {}, {}, {}
    for path in sorted(folder.glob("*.yaml")):
        told = yaml_file.read(path)
        if path.stem == "common":
            common = told
            continue
        leaves |= told["leaves"]
        groups |= dict.fromkeys(told["leaves"], told)
    return Book(common, groups, leaves)


def fill(rng: Random, text: str, words: Mapping, spot: Spot | None) -> str:
    """The text with its slots filled: by the facts of the spot, or by chance from the common words."""
    said = {} if spot is None else {"ord": spot.order_no, "amt": f"{spot.amount}", "n": f"{spot.quantity}", "few": f"{spot.few}", "day": spot.day,
                                    "hour": spot.hour, "street": spot.street, "staff": spot.staff}

    def value(match: re.Match) -> str:
        slot = match[1]
        if slot not in said:
            said[slot] = _by_chance(rng, slot, words, said)
        return said[slot]
    return SLOT.sub(value, text)


def _by_chance(rng: Random, slot: str, words: Mapping, said: Mapping) -> str:
    if slot == "n4":
        return f"{rng.randrange(10_000):04d}"
    other = said.get("item")
    return rng.choice([word for word in words[slot.rstrip("2")] if word != other])


def spot(rng: Random, words: Mapping, street: str, staff: str) -> Spot:
    """Facts by chance, for one complaint in a language's words."""
    return Spot(order_no=f"4{rng.randrange(10**7):07d}", amount=rng.choice((86, 141, 268, 390, 517, 846, 1270, 1880, 2350, 3120)) + rng.randrange(60),
                quantity=rng.randrange(8, 31), few=rng.randrange(2, 8), day=rng.choice(words["day"]), hour=rng.choice(words["hour"]),
                street=street, staff=staff)

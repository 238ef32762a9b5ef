"""What the standard pack teaches: learned once a run, because it takes many seconds."""
from pathlib import Path

import pytest

from catalog.loader import read
from triage import classifier
from triage.loader import examples

PACK = Path(__file__).parents[2] / "packs" / "standard"


@pytest.fixture(scope="session")
def pack_model():
    leaves, texts = zip(*examples(PACK), strict=True)
    by_hand = {leaf["code"] for leaf in read(PACK / "catalog.yaml")["leaves"] if leaf["access"] == "sealed" or not leaf.get("automatic", True)}
    return classifier.train(texts, leaves, by_hand)

"""Texts read a second by the model of the standard pack, one at a time as the job does it; the bare features beside them."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import measure
from triage import classifier
from triage.loader import examples

PACK = Path(__file__).resolve().parents[1] / "packs" / "standard"
TEXTS, RUNS = 500, 5


def main() -> None:
    """Train once, then rank the same texts again and again."""
    leaves, texts = zip(*examples(PACK), strict=True)
    began = time.perf_counter()
    model = classifier.train(texts, leaves)
    trained = time.perf_counter() - began
    some = texts[::len(texts) // TEXTS][:TEXTS]
    kinds = [counted for view in model.views for counted in view.counted]
    read = [sum(measure.timed(lambda: [model.read(text) for text in some], 1)) for _ in range(RUNS)]
    bare = [sum(measure.timed(lambda: [counted.given_by(text) for text in some for counted in kinds], 1)) for _ in range(RUNS)]
    blob = classifier.dump(model)
    measure.tell("triage: texts read", texts_per_s=measure.median(len(some) / took for took in read),
                 only_features_per_s=measure.median(len(some) / took for took in bare),
                 ratio=round(measure.median(read, 4) / measure.median(bare, 4), 2),
                 training_s=round(trained, 1), examples=len(texts), model_mb=round(len(blob) / 1e6, 1),
                 loading_ms=measure.milliseconds(min(measure.timed(lambda: classifier.load(blob), RUNS))))


if __name__ == "__main__":
    main()

"""How sure the model must be before nobody looks (pure)."""
import numpy as np

NEVER = 1.01  # above every probability: no threshold keeps the promise


def choose(sure: np.ndarray, wrong: np.ndarray, barred: np.ndarray, wrong_at_most: float) -> float:
    """The lowest certainty from which on at most this share is wrong, seen from the surest text down.

    One entry a text that the model did not learn from: how sure it is of the first leaf, whether that is wrong, and whether
    the text would not be decided by the machine however sure it is.
    """
    sure, wrong = sure[~barred], wrong[~barred]
    order = np.argsort(-sure, kind="stable")
    sure, wrong = sure[order], wrong[order]
    shares = np.cumsum(wrong) / np.arange(1, len(wrong) + 1)
    whole = np.append(sure[1:] < sure[:-1], True)[:len(sure)]  # equally sure texts pass together or not at all
    keeping = np.flatnonzero((shares <= wrong_at_most) & whole)
    return float(sure[keeping[-1]]) if len(keeping) else NEVER

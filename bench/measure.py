"""Figures: medians, percentiles, and one JSON line for each measure."""
import json
import math
import platform
import statistics
import time
from collections.abc import Callable, Iterable


def percentile(values: Iterable[float], share: int) -> float:
    """The value that `share` per cent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share / 100) - 1, 0)]


def milliseconds(seconds: float) -> float:
    """For people to read."""
    return round(seconds * 1000, 1)


def timed(act: Callable[[], object], times: int) -> list[float]:
    """The seconds of each of so many calls, one after the other."""
    return [_once(act) for _ in range(times)]


def _once(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def median(values: Iterable[float], digits: int = 1) -> float:
    """The middle one, rounded."""
    return round(statistics.median(values), digits)


def tell(measure: str, **figures) -> None:
    """Print one measure as a JSON line, with the machine's Python."""
    print(json.dumps({"measure": measure, **figures, "python": platform.python_version()}, ensure_ascii=False), flush=True)

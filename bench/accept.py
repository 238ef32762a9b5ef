"""Complaints accepted a second, and how long form, sending and receipt take, beside a bare page with the same statements."""
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import measure
from bench.idle import wait_until_idle
from bench.retailer import STEPS
from bench.stand import ALL, standing

CLIENTS, EACH, RUNS = 8, 12, 3


def main() -> None:
    """Both servers stand; the runs take turns, so that both see the same machine."""
    runs = {"redress": [], "bare": []}
    with standing() as stand, stand.redis() as redis, stand.running(*ALL), stand.beside("bench.bare:create_app()") as bare:
        for number in range(RUNS + 1):
            for name, url in (("redress", stand.url), ("bare", bare)):
                figures = _run(url)
                wait_until_idle(redis)
                if number:  # the first run only warms
                    runs[name].append(figures)
    for name, figures in runs.items():
        _tell(name, figures)
    measure.tell("accept: how many times slower than bare", times=round(_rate(runs["bare"]) / _rate(runs["redress"]), 2))


def _run(url: str) -> dict:
    words = [sys.executable, str(ROOT / "bench" / "clients.py"), url, str(CLIENTS), str(EACH)]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def _tell(name: str, runs: list[dict]) -> None:
    p95 = {step: measure.milliseconds(statistics.median(measure.percentile(run["steps"][step], 95) for run in runs)) for step in STEPS}
    whole = statistics.median(measure.percentile(map(sum, zip(*run["steps"].values(), strict=True)), 95) for run in runs)
    measure.tell(f"accept: {name}", accepted_per_s=round(_rate(runs), 1), p95_ms={**p95, "all three": measure.milliseconds(whole)},
                 runs_per_s=[round(run["accepted"] / run["seconds"], 1) for run in runs], clients=CLIENTS, complaints_a_run=CLIENTS * EACH,
                 beside="two workers and the scheduler at work on the same machine")


def _rate(runs: list[dict]) -> float:
    return statistics.median(run["accepted"] / run["seconds"] for run in runs)


if __name__ == "__main__":
    main()

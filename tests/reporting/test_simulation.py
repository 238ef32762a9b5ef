"""The thousand runs that the design of signals and verdicts must stand."""
import json

import pytest

from bench import signals as bench

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def told():
    """Every line of the benchmark, by measure and variance."""
    with pytest.MonkeyPatch.context() as patch:
        lines = []
        patch.setattr("builtins.print", lambda line, **_how: lines.append(json.loads(line)))
        bench.main(["--runs", "1000"])
    return {(line["measure"], line["variance"]): line for line in lines}


def test_a_doubling_is_signalled_in_its_third_week(told):
    weekly = {variance: line for (measure, variance), line in told.items() if measure == "signals: weekly charts"}
    assert weekly[1.0]["signalled_by"]["20"] >= 0.9
    assert weekly[1.5]["signalled_by"]["20"] >= 0.8
    assert weekly[1.5]["false_cells_per_run"] <= 0.1 * weekly[1.5]["looks"]


def test_what_did_nothing_is_not_called_effective(told):
    nothing = [line for (measure, _variance), line in told.items() if measure.startswith("verdict: no effect")]
    assert len(nothing) == 12
    assert all(line.get("effective", 0) <= 0.05 for line in nothing)

"""Centre, limits and sigma of both charts, against numbers worked out by hand."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.trends.chart import baseline
from reporting.trends.t_chart import CHANCE, POWER, t_chart
from reporting.trends.u_chart import u_chart

WHOLE = slice(0, 12)
counted = st.lists(st.integers(0, 60), min_size=13, max_size=30).filter(lambda counts: sum(counts[:12]) > 0)


def test_a_series_that_jumps_more_than_chance():
    """4, 8, 4, 8 ...: centre 6, every moving range is 4 / sqrt(6) sigmas, so the limits are 6 +- 3 * 4 / 1.128."""
    chart = u_chart(np.array([4.0, 8.0] * 6), np.ones(12), WHOLE)
    assert chart.centre == pytest.approx(6)
    assert chart.sigma_z == pytest.approx(1.4477, abs=1e-4)
    assert chart.high == pytest.approx([16.6383] * 12, abs=1e-4)
    assert chart.low == pytest.approx([0] * 12)
    assert chart.z == pytest.approx([-0.564, 0.564] * 6)  # 2 / (4 / 1.128)


def test_a_series_that_jumps_less_keeps_the_limits_of_chance():
    chart = u_chart(np.array([99.0, 101.0] * 6), np.ones(12), WHOLE)
    assert chart.sigma_z == pytest.approx(0.1773, abs=1e-4)
    assert (chart.low[0], chart.high[0]) == pytest.approx((70, 130))


def test_a_week_with_fewer_retailers_has_wider_limits():
    chart = u_chart(np.array([40.0, 40.0, 10.0]), np.array([4.0, 4.0, 1.0]), slice(0, 3))
    assert chart.points == pytest.approx([10, 10, 10])
    assert chart.high == pytest.approx([10 + 3 * np.sqrt(10 / 4)] * 2 + [10 + 3 * np.sqrt(10)])


def test_only_the_baseline_sets_centre_and_limits():
    quiet, loud = (u_chart(np.array([4.0, 8.0] * 6 + [newest]), np.ones(13), WHOLE) for newest in (6.0, 60.0))
    assert (quiet.centre, quiet.sigma_z) == (loud.centre, loud.sigma_z)
    assert loud.z[-1] == pytest.approx(54 * 1.128 / 4)


def test_a_silent_cell_has_no_sigmas():
    chart = u_chart(np.array([0.0] * 12 + [3.0]), np.ones(13), WHOLE)
    assert (chart.centre, chart.z.tolist()) == (0, [0.0] * 13)


def test_a_week_without_retailers_is_refused():
    with pytest.raises(ValueError, match="active retailers"):
        u_chart(np.ones(12), np.array([1.0] * 11 + [0.0]), WHOLE)


@given(counted, st.floats(0.1, 50))
def test_another_unit_of_exposure_changes_the_scale_alone(counts, unit):
    counts, exposures = np.array(counts, dtype=float), np.linspace(1, 2, len(counts))
    one, other = (u_chart(counts, exposures * by, WHOLE) for by in (1, unit))
    assert other.z == pytest.approx(one.z, abs=1e-9)
    assert other.high * unit == pytest.approx(one.high)


@pytest.mark.parametrize(("last", "expected"), [(14, slice(0, 12)), (20, slice(0, 18)), (50, slice(22, 48))])
def test_the_newest_weeks_never_set_the_limits(last, expected):
    assert baseline(last) == expected


def test_too_few_weeks_set_no_limits():
    with pytest.raises(ValueError, match="Point 13 has 11"):
        baseline(13)


def test_the_power_of_nelson_makes_exponential_gaps_nearly_normal():
    """A Weibull of shape 3.6: mean 0.9011, sigma 0.2780, skewness 0; the same from a fine grid of exponential gaps."""
    gaps = -np.log(np.linspace(0, 1, 200_001)[1:-1])
    values = gaps**POWER
    assert values.std() / values.mean() == pytest.approx(CHANCE, abs=1e-4)
    assert pytest.approx(0.2780 / 0.9011, abs=2e-4) == CHANCE
    assert abs(((values - values.mean()) ** 3).mean() / values.std() ** 3) < 0.01


def test_even_gaps_have_the_limits_of_chance():
    chart = t_chart(np.full(12, 10.0), WHOLE)
    assert chart.centre == pytest.approx(10)
    assert (chart.low[0], chart.high[0]) == pytest.approx((10 * (1 - 3 * CHANCE) ** 3.6, 10 * (1 + 3 * CHANCE) ** 3.6))


def test_short_gaps_point_upwards():
    chart = t_chart(np.array([10.0] * 12 + [1.0, 40.0]), WHOLE)
    assert chart.z[12] > 1
    assert chart.z[13] < -1


@pytest.mark.parametrize("gaps", [[0.0] * 12, [5.0] * 11 + [-1.0]])
def test_gaps_that_cannot_be_charted(gaps):
    with pytest.raises(ValueError):
        t_chart(np.array(gaps), WHOLE)

"""The tail against SciPy's own negative binomial, and how many of a family may be loud."""
import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from reporting.hot.rhythm import Usual
from reporting.hot.surprise import loud, tail


def expected(mean, dispersion, weeks=8):
    return Usual(np.array([mean], dtype=float), np.array([dispersion]), weeks)


@pytest.mark.parametrize(("observed", "mean", "dispersion"), [(1, 0.3, 0.1), (12, 4, 0.1), (60, 20, 0.3), (900, 400, 0.02)])
def test_the_tail_is_that_of_a_negative_binomial(observed, mean, dispersion):
    usual = expected(mean, dispersion)
    size = mean**2 / (usual.variance[0] - mean)
    assert tail(np.array([float(observed)]), usual)[0] == pytest.approx(nbinom.sf(observed - 1, size, size / (size + mean)), rel=1e-6)


def test_it_is_never_as_light_as_poisson():
    assert tail(np.array([40.0]), expected(20, 0.1))[0] > 100 * poisson.sf(39, 20)


def test_nothing_is_no_surprise():
    assert tail(np.array([0.0]), expected(3, 0.1)).tolist() == [1.0]


def test_more_series_are_no_more_alarms():
    p = np.array([0.0008] + [0.5] * 99)
    many = np.full(100, 50.0)
    assert loud(p[:1], many[:1], 0.01).tolist() == [True]
    assert not loud(p, many, 0.01).any()


def test_four_retailers_are_no_alarm_whatever_the_odds():
    assert loud(np.zeros(2), np.array([4.0, 5.0]), 0.0001).tolist() == [False, True]

"""What is usual: recovered from series whose rhythm, level and over-dispersion are known."""
import numpy as np
import pytest

from reporting.hot.rhythm import usual

SHAPE = np.array([20, 30, 40, 50, 60, 80, 10], dtype=float)


def drawn(weeks, shape=SHAPE, dispersion=0.1, seed=1, series=40):
    mean = np.tile(shape, weeks)
    size = 1 / dispersion
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean), (series, len(mean))).astype(float)


def test_a_series_without_chance_expects_what_it_always_had():
    assert usual(np.tile(SHAPE, (1, 8)), 7).mean == pytest.approx([20], rel=0.1)


def test_the_next_slot_is_the_oldest_of_a_full_week():
    history = np.tile(SHAPE, (1, 8))
    assert usual(history[:, 5:-2], 7).mean == pytest.approx([80], rel=0.1)


def test_the_level_of_the_last_week_counts():
    history = np.concatenate([np.tile(SHAPE, 7), SHAPE * 1.4])[None]
    assert usual(history, 7).mean == pytest.approx([20 * 1.4], rel=0.1)


def test_the_scatter_is_found_again_pulled_towards_the_guess():
    calm, lively, wild = (usual(drawn(8, SHAPE * 5, dispersion), 7).dispersion.mean() for dispersion in (0.02, 0.1, 0.3))
    assert 0.02 < calm < 0.05 and 0.07 < lively < 0.13 and 0.15 < wild < 0.3


def test_an_old_burst_hides_no_new_one():
    calm = drawn(8)
    burst = calm.copy()
    burst[:, 14:17] *= 20
    before, after = usual(calm, 7), usual(burst, 7)
    assert after.mean.mean() < 1.3 * before.mean.mean()
    assert after.dispersion.mean() < 2.5 * before.dispersion.mean()


def test_an_empty_series_expects_hardly_anything_but_not_nothing():
    expected = usual(np.zeros((2, 56)), 7)
    assert (0 < expected.mean).all() and (expected.mean < 0.1).all()
    assert np.isfinite(expected.variance).all() and (expected.variance > expected.mean).all()


def test_fewer_weeks_make_the_next_count_less_certain():
    assert usual(drawn(2), 7).variance.mean() > usual(drawn(8), 7).variance.mean()


def test_one_week_is_no_rhythm():
    with pytest.raises(ValueError, match="2 weeks"):
        usual(np.ones((1, 13)), 7)

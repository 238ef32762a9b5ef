"""Loud hours become episodes: one alarm each, over after a quiet day; a year of a rhythm of its own stays quiet."""
from datetime import datetime, timedelta

import numpy as np
import pytest

from reporting.hot.episodes import DAY, HOUR, Spell, ends, episodes

START = datetime(2024, 1, 1)
DAYS = np.array([1.0, 0.9, 0.9, 1.0, 1.3, 1.6, 0.6])
HOURS = 4 + 20 * np.exp(-((np.arange(24) - 21) / 4.0)**2)


def hourly(weeks, dispersion=0.1, seed=3, size=1.0):
    """Counts with the rhythm of a week and a slow season, scattered wider than chance."""
    at = np.arange(weeks * 168)
    mean = size * np.tile(np.outer(DAYS, HOURS).ravel(), weeks) * (1 + 0.4 * np.sin(at / (26 * 168) * np.pi))
    return np.random.default_rng(seed).negative_binomial(1 / dispersion, 1 / (1 + dispersion * mean)).astype(float)


def spell(counts, width=HOUR, names=None):
    counts = np.atleast_2d(counts)
    return Spell(START, width, names or [f"s{number}" for number in range(len(counts))], counts)


def test_a_year_of_a_weekly_rhythm_raises_hardly_an_alarm():
    assert len(episodes(spell(hourly(52)))) <= 3


def test_a_burst_is_one_episode_with_its_strongest_hour():
    counts = hourly(10)
    counts[1500:1504] += [90, 200, 120, 90]
    found = episodes(spell(counts))
    assert [(one.time, one.until) for one in found] == [(START + 1500 * HOUR, START + 1504 * HOUR)]
    assert found[0].observed == counts[1501] > 5 * found[0].expected
    assert found[0].p < 1e-8


@pytest.mark.parametrize(("pause", "number"), [(20, 1), (24, 1), (25, 2), (40, 2)])
def test_an_episode_is_over_after_a_quiet_day(pause, number):
    counts = hourly(10)
    counts[[1500, 1500 + pause]] = 300
    assert len(episodes(spell(counts))) == number


def test_the_other_series_stay_quiet():
    counts = np.stack([hourly(6, seed=seed, size=0.3) for seed in range(8)])
    counts[5, 900:903] += 60
    assert {one.series for one in episodes(spell(counts))} == {"s5"}


def test_a_burst_in_a_series_that_was_never_heard_of():
    counts = np.zeros((1, 56))
    counts[0, 40] = 30
    assert [one.time for one in episodes(spell(counts, DAY))] == [START + 40 * DAY]


def test_four_are_never_an_alarm():
    counts = np.zeros((1, 56))
    counts[0, 40] = 4
    assert not episodes(spell(counts, DAY))


def test_a_lasting_rise_becomes_the_usual():
    counts = hourly(20)
    counts[8 * 168:] *= 3
    found = episodes(spell(counts))
    assert found[0].time < START + timedelta(weeks=8, days=1)
    assert sum(one.until - one.time > DAY for one in found) == 1 and len(found) <= 4


def test_two_weeks_must_pass_first():
    counts = np.full((1, 30), 5.0)
    counts[0, 13] = counts[0, 22] = 500
    assert [one.time for one in episodes(spell(counts, DAY))] == [START + 22 * DAY]


def test_an_hour_less_than_a_day_does_not_end_it():
    assert not ends(START, START + timedelta(hours=23, minutes=59))
    assert ends(START, START + timedelta(hours=24))

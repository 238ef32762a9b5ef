"""The pictures of the sheet as specs: what is drawn where nothing bounds an interval, without comparison, without numbers."""
from types import SimpleNamespace

import pytest

from desk.improvement.verdict_chart import told, verdict_chart

ITEM = SimpleNamespace(area="east")


def drawn(**numbers):
    return verdict_chart(ITEM, SimpleNamespace(numbers=numbers, most=0.7))


@pytest.fixture(autouse=True)
def _english(app):
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        yield


@pytest.mark.parametrize(("interval", "words"), [
    ([0.456, 0.37, 0.561], "0.46 (0.37–0.56)"), ([0.0, 0.0, 0.4], "0.00 (0.00–0.40)"), ([1.5, 0.8, None], "1.50 (0.80–∞)"),
    ([None, 0.0, None], "– (0.00–∞)"), ([None, None, None], "– (0.00–∞)")])
def test_a_ratio_is_told_with_its_interval(database, interval, words):
    assert told(interval) == words


def test_without_comparison_there_is_one_row(database):
    spec = drawn(own=[0.5, 0.4, 0.6], others=None, change=[0.5, 0.4, 0.6])
    assert [row["name"] for row in spec["data"]["values"]] == ["east (acted)"]


def test_with_comparison_there_are_three_rows_and_only_ours_in_colour(database):
    spec = drawn(own=[0.5, 0.4, 0.6], others=[1.0, 0.8, 1.2], change=[0.5, 0.4, 0.7])
    assert [row["ours"] for row in spec["data"]["values"]] == [True, False, True]


def test_what_has_no_end_is_drawn_to_the_edge(database):
    (row,) = drawn(own=[0.02, 0.0, None], others=None, change=[0.02, 0.0, None])["data"]["values"]
    assert (row["low"], row["value"], row["high"]) == (0.1, 0.1, 10.0)


@pytest.mark.parametrize("numbers", [{}, {"own": [0.0, 0.0, 0.3], "others": None, "change": [0.0, 0.0, 0.3]}, {"own": [None, 0.0, None]}])
def test_where_nothing_can_be_drawn_there_is_no_picture(database, numbers):
    assert drawn(**numbers) is None

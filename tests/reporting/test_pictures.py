"""Charts: our colours, links to our own pages, nothing that the content security policy refuses, and drawn once."""
import re

import pytest
from redis.exceptions import ConnectionError as Away

from reporting import pictures

SPEC = {"$schema": pictures.SCHEMA, "data": {"values": [{"week": "W1", "n": 3, "href": pictures.link("/desk/reports?a=1&b=2"), "said": "三 & more"},
                                                         {"week": "W2", "n": 5, "href": pictures.link("/desk"), "said": "five"}]},
        "mark": {"type": "bar", "clip": True}, "encoding": {"x": {"field": "week"}, "y": {"field": "n", "type": "quantitative"},
                                                           "href": {"field": "href"}, "description": {"field": "said"}}}


@pytest.fixture
def drawn(app, database):
    """The picture of SPEC, drawn anew."""
    pictures._drawn.cache_clear()
    app.extensions["redis"].flushall()
    return pictures.svg(SPEC)


def test_links_lead_to_our_own_pages_and_are_out_of_the_way_of_the_keyboard(drawn):
    links = re.findall(r"<a [^>]*>", drawn)
    assert links == ['<a tabindex="-1" href="/desk/reports?a=1&amp;b=2">', '<a tabindex="-1" href="/desk">']
    assert "here.invalid" not in drawn


def test_nothing_that_the_policy_refuses(drawn):
    assert not re.search(r"<script|<style| style=| on[a-z]+=|https?://(?!www\.w3\.org)", drawn)


def test_colours_are_names_so_that_one_picture_serves_light_and_dark(drawn):
    assert "var(--rd-ink-3)" in drawn
    assert not re.search(r'(?:fill|stroke)="(?:#|white|black|rgb)', drawn)


def test_it_scales_with_its_place_and_says_what_its_marks_are(drawn):
    assert re.match(r'<svg viewBox="0 0 [\d.]+ [\d.]+" width', drawn)
    assert 'aria-label="三 &amp; more"' in drawn


def test_names_inside_differ_between_two_pictures_of_a_page(drawn):
    first, second = (set(re.findall(r'\bid="([^"]+)"', pictures.svg(SPEC))) for _time in range(2))
    assert first
    assert not first & second


def test_another_process_finds_what_was_drawn(drawn, monkeypatch):
    pictures._drawn.cache_clear()
    monkeypatch.setattr(pictures, "_draw", lambda spec: pytest.fail("drawn twice"))
    assert pictures.svg(SPEC).startswith("<svg")


def test_without_the_queues_server_it_is_drawn_all_the_same(app, drawn, monkeypatch):
    def away(*_args, **_more):
        raise Away()
    pictures._drawn.cache_clear()
    for name in ("get", "set"):
        monkeypatch.setattr(app.extensions["redis"], name, away)
    assert pictures.svg(SPEC).startswith("<svg")

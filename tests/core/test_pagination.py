"""Pages of a list: their links keep the filters, and lead to the page of which they are a part."""
import pytest

from core.pagination import Page


@pytest.mark.parametrize("asked", ["/desk/due?team=1&page=2", "/desk/due/news?team=1&page=2"])
def test_links_keep_the_filters_and_lead_to_the_whole_page(app, asked):
    with app.test_request_context(asked):
        assert Page([], 2, 120).url(3) == "/desk/due?team=1&page=3"

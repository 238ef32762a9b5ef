"""The language button leads back inside the house only."""
import pytest


@pytest.mark.parametrize(("wanted", "place"), [
    ("/track", "/track"), ("/t/x?a=1", "/t/x?a=1"), ("", "/"), ("//example.com", "/"), ("https://example.com", "/"), ("/\\example.com", "/"),
])
def test_next_stays_inside(client, wanted, place):
    page = client.post("/language", status=302, language="zh", next=wanted)
    assert page.headers["Location"] == place


def test_the_choice_is_kept(client):
    client.post("/language", language="zh", next="/")
    assert 'lang="zh-CN"' in client.get("/").html
    client.post("/language", language="xx", next="/")
    assert 'lang="zh-CN"' in client.get("/").html

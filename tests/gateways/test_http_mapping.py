"""The mapping file: the documented one is right, and every fault is named, all at once."""
import pytest

from gateways import http_mapping
from gateways.http_mapping import BadMapping
from tests.gateways.fake_carrier import ENVIRONMENT, carrier, documented


def test_the_documented_mapping_is_read(tmp_path):
    known = carrier(tmp_path)
    assert known.send.headers == {"Authorization": "Bearer a-key"}
    assert known.send.taken == ("0",)
    assert known.codes.reasons["3005"] == "opted_out"
    assert not known.codes.is_final("2009") and not known.codes.is_final("1401") and known.codes.is_final("3001") and known.codes.is_final("?")
    assert (known.receipt.answer.status, known.proof.secret, len(known.proof.networks)) == (200, "a-hook-secret", 1)


def test_the_documented_mapping_holds_no_secret():
    assert "${PAPERPLANE_KEY}" in documented()["paperplane"]["send"]["headers"]["Authorization"]
    assert documented()["paperplane"]["proof"]["secret"] == "${PAPERPLANE_HOOK_SECRET}"


@pytest.mark.parametrize(("changed", "words"), [
    ({"send__url": "http://api.paperplane.example/"}, "send.url must begin with https://"),
    ({"send__format": "xml"}, "send.format must be one of json, form"),
    ({"sms__method": "PUT"}, "sms.method must be one of POST, GET"),
    ({"send__methods": "POST"}, "send.methods is unknown"),
    ({"send__fields": {"a": "{text}"}}, "{text} is unknown; there are body"),
    ({"send__answer": {"identity": "x"}}, "send.answer.identity is unknown"),
    ({"sms__fields": {"From": "a", "Body": "b"}}, "sms.fields must say where MessageSid stands"),
    ({"receipt__states": {"OK": "fine"}}, "fine must be one of accepted"),
    ({"receipt__states": {}}, "receipt.states must say"),
    ({"codes": {"odd": ["1"]}}, "codes.odd is unknown"),
    ({"proof": {}}, "else anybody could knock"),
    ({"proof": {"networks": ["here"]}}, "here"),
    ({"proof__algorithm": "md5"}, "proof.algorithm must be one of"),
    ({"send": None}, "it needs a part `send`"),
    ({"sms": "all"}, "cannot be understood"),
])
def test_a_fault_is_named(tmp_path, changed, words):
    path = {"url": changed.pop("send__url")} if "send__url" in changed else {}
    if changed.get("send", 1) is None:
        (tmp_path / "x.yaml").write_text("paperplane: {sms: {}}")
        with pytest.raises(BadMapping, match="send"):
            http_mapping.read(str(tmp_path / "x.yaml"), {})
        return
    with pytest.raises(BadMapping) as caught:
        carrier(tmp_path, **path, **changed)
    assert words in str(caught.value)


def test_all_faults_at_once(tmp_path):
    with pytest.raises(BadMapping) as caught:
        carrier(tmp_path, environ={}, send__format="xml", proof__encoding="rot13")
    told = str(caught.value)
    for words in ("PAPERPLANE_KEY is not set", "PAPERPLANE_HOOK_SECRET is not set", "send.format", "proof.encoding"):
        assert words in told


@pytest.mark.parametrize("text", ["", "[]", "a: [", "a: 1"])
def test_what_is_no_mapping(tmp_path, text):
    path = tmp_path / "carriers.yaml"
    path.write_text(text)
    with pytest.raises(BadMapping):
        http_mapping.read(str(path), ENVIRONMENT)
    with pytest.raises(BadMapping, match="cannot be read"):
        http_mapping.read(str(tmp_path / "nowhere.yaml"), ENVIRONMENT)


@pytest.mark.parametrize("name", ["twilio", "Paper Plane", "a_b", "console"])
def test_names_that_cannot_be_used(tmp_path, name):
    path = tmp_path / "carriers.yaml"
    path.write_text(f"{name}: {{send: {{url: 'https://a.example'}}}}")
    with pytest.raises(BadMapping, match="a name has small letters"):
        http_mapping.read(str(path), {})

"""A request as it came: fields and JSON as they can be stored, whatever stands in them (pure)."""
from datetime import UTC, datetime

import pytest
from werkzeug.datastructures import Headers

from gateways.knock import Knock


def knock(body: bytes, content_type: str = "application/json") -> Knock:
    return Knock("trial", "http://x/", body, Headers([("Content-Type", content_type)]), "", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("body", "value"), [
    (b'{"a": [1, "x\\u0000y"]}', {"a": [1, "xy"]}), (b'{"\\u0000a": "\\ud800"}', {"a": "?"}), (b'"\\ud83d\\ude00"', "😀"),
    (b"[NaN]", None), (b"Infinity", None), (b"{", None), (b"\xff\xfe", None), (b"[" * 100_000, None), (b"[" * 102 + b"]" * 102, None),
    (b'{"a":' * 102 + b"1" + b"}" * 102, None), (b"[" * 3 + b"]" * 3, [[[]]]), (b"1" * 5000, None), (b"", None), (b"null", None), (b"3", 3),
])
def test_json_that_can_be_stored_or_none(body, value):
    assert knock(body).json == value


@pytest.mark.parametrize(("content_type", "fields"), [
    ("application/x-www-form-urlencoded", {"a": "1", "b": ""}), ("APPLICATION/X-WWW-Form-Urlencoded; charset=utf-8", {"a": "1", "b": ""}),
    ("text/plain", {}), ("", {}), ("multipart/form-data", {})])
def test_a_form_is_read_only_where_one_is_said(content_type, fields):
    assert knock(b"a=1&a=2&b=", content_type).fields() == fields


@pytest.mark.parametrize("body", [
    b"&".join(b"f%d=1" % number for number in range(501)), b"%zz=%", b"=", b"&&&", b"a\x00=b\x00", "é".encode("latin-1")])
def test_odd_forms_are_read_without_a_fault(body):
    assert "\0" not in "".join(str(pair) for pair in knock(body, "application/x-www-form-urlencoded").fields().items()).replace("\\x00", "\0")

"""The one view behind every door: what is believed, what is not, and odd requests of every kind."""
import io
from dataclasses import replace
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from gateways.models import DoorCount, Quarantined
from gateways.twilio_signature import refusal
from gateways.webhooks import MOST_BYTES
from tests.gateways.doors import PATH, SECRET, signed, trial_door

HELLO = {"MessageSid": "SM1", "Body": "货没到 & more+", "Empty": ""}


@pytest.fixture
def taken(app, database):
    with trial_door(app) as taken:
        yield taken


@pytest.fixture
def client(app, database):
    return app.test_client()


def knock(client, path=PATH, **how):
    return client.post(f"/hooks/{path}", **how)


def kept(database):
    database.session.expire_all()
    return database.session.scalars(select(Quarantined).order_by(Quarantined.id)).all()


def counts(database):
    columns = (func.coalesce(func.sum(column), 0) for column in (DoorCount.taken, DoorCount.refused, DoorCount.dropped))
    return tuple(database.session.execute(select(*columns)).one())


def test_a_signed_request_is_taken_and_counted(client, taken, database):
    answer = knock(client, **signed(HELLO))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"<Response/>", "text/xml")
    assert [dict(one.form) for one in taken] == [HELLO]
    assert (counts(database), kept(database)) == ((1, 0, 0), [])


@pytest.mark.parametrize("algorithm", [None, "HMAC_SHA1", "HMAC_SHA256"])
def test_both_algorithms(client, taken, algorithm):
    assert knock(client, **signed(HELLO, algorithm=algorithm)).status_code == 200


@pytest.mark.parametrize("path", [f"{PATH}/%E5%99%AA", f"{PATH}/%7Eb/a%2Fd", f"{PATH}?a=%7Eb&c=%2Fd"])
def test_the_path_is_checked_as_it_was_written(client, taken, path):
    assert knock(client, path, **signed(HELLO, path)).status_code == 200


@pytest.mark.parametrize(("change", "why"), [
    ({"headers": {}}, "unsigned"), ({"headers": {"X-Twilio-Signature": ""}}, "unsigned"),
    ({"headers": {"X-Twilio-Signature": "AAAA"}}, "wrong_signature"), ({"headers": {"X-Twilio-Signature": "ü" * 400}}, "wrong_signature"),
    ({"data": "MessageSid=SM2"}, "wrong_signature"), ({"data": b"\xff\x00\xfe"}, "wrong_signature"),
    ({"data": "&".join(f"f{n}=1" for n in range(600))}, "wrong_signature"),
    ({"content_type": "application/json"}, "wrong_signature"), ({"content_type": "multipart/form-data; boundary=x"}, "wrong_signature"),
    ({"content_type": ""}, "wrong_signature"), ({"content_type": "text/\x80"}, "wrong_signature"),
])
def test_what_is_not_proved_is_kept_and_goes_no_further(client, taken, database, change, why):
    assert knock(client, **(signed(HELLO) | change)).status_code == 403
    (row,) = kept(database)
    assert (row.door, row.why, row.state, taken) == ("trial", why, "waiting", [])
    assert counts(database) == (0, 1, 0)


def test_the_algorithm_of_nobody(client, taken, database):
    how = signed(HELLO)
    how["headers"]["X-Twilio-Webhooks-Signature-Settings"] = "key=k1,algorithm=NONE"
    assert knock(client, **how).status_code == 403
    assert taken == []


def test_a_signature_for_another_path_of_the_same_door(client, taken):
    assert knock(client, f"{PATH}/other", **signed(HELLO)).status_code == 403
    assert taken == []


@pytest.mark.parametrize("size", [MOST_BYTES, MOST_BYTES + 1, 4 * MOST_BYTES])
def test_a_body_beyond_the_limit_is_not_believed_even_if_signed(client, taken, database, size):
    fields = {"Body": "x" * (size - len("Body="))}
    answer = knock(client, **signed(fields))
    assert answer.status_code == (200 if size <= MOST_BYTES else 403)
    if size > MOST_BYTES:
        (row,) = kept(database)
        assert (row.why, row.cut, taken) == ("too_big", True, [])
        assert len(row.body) < MOST_BYTES


class Dribble(io.RawIOBase):
    """A chunked body as a server may hand it on: a few bytes at a time, without a length."""

    def __init__(self, data):
        self.data = data

    def readable(self):
        return True

    def readinto(self, into):
        piece, self.data = self.data[:7], self.data[7:]
        into[:len(piece)] = piece
        return len(piece)


def test_a_body_that_comes_in_pieces(client, taken):
    how = signed(HELLO)
    body = how.pop("data").encode()
    chunked = {"wsgi.input": Dribble(body), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = knock(client, **how, environ_overrides=chunked)
    assert answer.status_code == 200
    assert taken[0].body == body


def test_nul_and_broken_characters_never_reach_a_column(client, taken, database):
    fields = {"Body\0": "a\0b"}
    assert knock(client, **signed(fields)).status_code == 200
    assert taken[0].fields() == {"Body": "ab"}
    assert knock(client, f"{PATH}/x", data="a\0b", content_type="text/plain; x=\x80").status_code == 403
    assert knock(client, f"{PATH}/{quote('%00')}", data="").status_code == 403
    assert len(kept(database)) == 2


@pytest.mark.parametrize("path", ["", "nowhere", "trial", "trial/boxes", "trial/box%00", "../hooks/trial", "%2e%2e/trial"])
def test_where_there_is_no_door(client, taken, database, path):
    assert knock(client, path, **signed(HELLO)).status_code in (400, 404, 405)
    assert kept(database) == []


@pytest.mark.parametrize("path", ["trial//box", "trial/./box", "trial/box/../box", "trial/box/%2e%2e/other", "trial/box//"])
def test_tricks_with_the_path_are_refused_without_a_signature(client, taken, path):
    assert knock(client, path, data="").status_code in (308, 403, 404)
    assert taken == []


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_only_posted_requests_are_heard(client, taken, method):
    assert getattr(client, method)(f"/hooks/{PATH}", **signed(HELLO)).status_code == 405
    assert taken == []


def test_no_cookie_and_no_form_token_is_asked_for(client, taken):
    answer = knock(client, **signed(HELLO))
    assert "Set-Cookie" not in answer.headers


def test_the_address_of_the_sender_is_never_too_long(client, taken, database):
    knock(client, data="", environ_overrides={"REMOTE_ADDR": "9" * 4000})
    assert len(kept(database)[0].remote) == 100


def test_an_empty_secret_is_no_secret(client, app, taken, database):
    door = app.extensions["doors"]["trial"]
    app.extensions["doors"]["trial"] = replace(door, refusal=lambda one: refusal(one, ["", ""]))
    assert knock(client, **signed(HELLO, secret="")).status_code == 403
    assert kept(database)[0].why == "not_configured"


def test_a_new_secret_beside_the_old_one(client, taken):
    assert knock(client, **signed(HELLO, secret=SECRET)).status_code == 200
    assert knock(client, **signed(HELLO, secret="another")).status_code == 403

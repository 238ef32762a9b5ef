"""Settings from the environment: what is wrong with the gateways is named together with everything else."""
import pytest
import yaml

import config
from tests.gateways.fake_carrier import ENVIRONMENT, documented

NEEDED = {"DATABASE_URL": "postgresql://u@h/d", "REDIS_URL": "redis://h", "SECRET_KEY": "s" * 40, "STORAGE_URL": "file:///x"}


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "carriers.yaml"
    path.write_text(yaml.safe_dump(documented()), encoding="utf-8")
    return str(path)


def test_carriers_come_with_their_secrets(mapping):
    loaded = config.load(NEEDED | ENVIRONMENT | {"SMS_HTTP_MAPPING": mapping, "SMS_ROUTES": "+86=paperplane"})
    assert loaded["SMS_CARRIERS"]["paperplane"].proof.secret == ENVIRONMENT["PAPERPLANE_HOOK_SECRET"]
    assert config.load(NEEDED)["SMS_CARRIERS"] == {}


@pytest.mark.parametrize(("environ", "words"), [
    ({"SMS_GATEWAY": "pigeon"}, ["'pigeon'", "console, twilio"]),
    ({"SMS_GATEWAY": "twilio"}, ["TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_SENDER"]),
    ({"SMS_ROUTES": "+86"}, ["SMS_ROUTES"]),
    ({"SMS_ROUTES": "+86=paperplane", "SECRET_KEY": "short", "REDIS_URL": ""}, ["'paperplane'", "SECRET_KEY", "REDIS_URL"]),
    ({"SMS_HTTP_MAPPING": "/nowhere.yaml"}, ["cannot be read"]),
])
def test_everything_wrong_is_named_at_once(environ, words):
    with pytest.raises(config.BadConfig) as caught:
        config.load(NEEDED | environ)
    assert [word for word in words if word not in str(caught.value)] == []


def test_a_secret_that_is_not_set_is_named(mapping):
    with pytest.raises(config.BadConfig, match="PAPERPLANE_HOOK_SECRET is not set"):
        config.load(NEEDED | {"SMS_HTTP_MAPPING": mapping})

"""Settings: what is entered goes before the environment, and the environment before what is written in the program."""
import pytest

from core import settings

pytestmark = pytest.mark.usefixtures("database")
NUMBER = "+12025550100"


def test_the_environment_gives_the_hotlines_number_until_one_is_entered(app, monkeypatch):
    assert settings.get("hotline_number") == settings.REGISTRY["hotline_number"].default
    monkeypatch.setitem(app.config, "HOTLINE_NUMBER", NUMBER)
    assert settings.get("hotline_number") == NUMBER
    settings.put("hotline_number", "400-123-4567")
    assert settings.get("hotline_number") == "400-123-4567"


def test_a_setting_without_a_variable_asks_nobody(app, monkeypatch):
    monkeypatch.setitem(app.config, "", "Europe/Paris")
    assert settings.get("timezone") == settings.REGISTRY["timezone"].default

"""The settings page: typed values, faults beside their field, a trace of what was before."""
import pytest

from core import settings
from core.audit import AuditEntry
from desk.admin.settings_form import GROUPS
from tests import builders
from tests.pages import PageClient


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))


def test_a_changed_setting_holds_and_leaves_a_trace(admin, database):
    page = admin.submit(admin.get("/desk/settings"), hotline_number="400-123-4567")
    assert "1 setting changed" in page.text
    assert settings.get("hotline_number") == "400-123-4567"
    entry = database.session.scalars(database.select(AuditEntry).filter_by(action="setting.changed")).one()
    assert entry.target == "hotline_number"
    assert entry.detail == {"before": "400-000-0000", "after": "400-123-4567"}


def test_saving_without_a_change_leaves_no_trace(admin, database):
    assert "Nothing was changed" in admin.submit(admin.get("/desk/settings")).text
    assert database.session.scalars(database.select(AuditEntry).filter_by(action="setting.changed")).all() == []


@pytest.mark.parametrize(("key", "typed", "said"), [
    ("timezone", "Asia/Hangzhou", "no time zone Asia/Hangzhou"),
    ("country", "ZZ", "no country code ZZ"),
    ("info_minutes", "soon", "Write a whole number"),
    ("info_minutes", "-1", "from 1 to"),
    ("session_idle_hours", "0", "from 1 to"),
    ("routing_half_life", "0", "from 1 to"),
    ("routing_load", "1.5", "from 0 to 1."),
    ("routing_practice", "101", "from 0 to 100."),
    ("noise_days", "9999999", "from 0 to"),
    ("survey_from", "9 o'clock", "Write a time of day"),
    ("contact_factor_key", "", "Write a number"),
    ("hotline_number", "  ", "cannot be empty"),
])
def test_a_fault_is_said_and_what_was_typed_stays(admin, key, typed, said):
    before = settings.get(key)
    page = admin.submit(admin.get("/desk/settings"), **{key: typed, "org_name_en": "Kept Words Ltd"})
    assert said in page.text
    assert "Kept Words Ltd" in page.html
    assert settings.get(key) == before
    assert settings.get("org_name_en") != "Kept Words Ltd"


def test_every_group_has_words():
    assert {setting.group for setting in settings.REGISTRY.values()} <= set(GROUPS)


def test_whether_the_demo_is_loaded_is_not_for_people_to_change(admin):
    page = admin.get("/desk/settings")
    assert 'name="demo"' not in page.html
    admin.submit(page, demo="y")
    assert settings.get("demo") is False


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "qa", "compliance", "liaison"])
def test_settings_are_for_administrators(app, database, role):
    PageClient(app).sign_in(builders.staff(roles=(role,))).get("/desk/settings", status=403)

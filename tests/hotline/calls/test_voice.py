"""Who is rung for a caller: numbers, the desk, and whoever is on call at that moment."""
from datetime import timedelta

import pytest

from catalog import roster
from core import clock, settings
from core.actor import SYSTEM
from hotline.calls import voice
from tests.builders import staff
from tests.office_hours import MONDAY_MORNING, MONDAY_NIGHT


@pytest.mark.parametrize(("setting", "by_day", "by_night"), [
    ("desk", [["desk"]], [["desk"]]),
    ("duty,desk", [["desk"]], [["+8613800138000", "+8613800138001"], ["desk"]]),
    ("desk & duty，+8613900139000", [["desk"], ["+8613900139000"]], [["desk", "+8613800138000", "+8613800138001"], ["+8613900139000"]]),
    ("duty", [], [["+8613800138000", "+8613800138001"]]),
])
def test_duty_stands_for_whoever_is_on_call(database, setting, by_day, by_night):
    for number in range(2):
        roster.enter(SYSTEM, staff(phone=f"+861380013800{number}"), None, MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=8))
    settings.put("hotline_rings", setting)
    with clock.frozen(MONDAY_MORNING):
        assert voice.rings() == by_day
    with clock.frozen(MONDAY_NIGHT):
        assert voice.rings() == by_night

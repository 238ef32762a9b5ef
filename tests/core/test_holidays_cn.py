"""The holidays library: make-up days, names in the language asked for, years that were not announced yet."""
from datetime import date

import pytest

from core.holidays_cn import public_holidays

SATURDAY_BEFORE_SPRING_FESTIVAL = date(2026, 2, 14)
NATIONAL_DAY = date(2026, 10, 1)


def test_make_up_days_are_worked_and_never_off():
    off, extra, _ = public_holidays("CN", [2026])
    assert {SATURDAY_BEFORE_SPRING_FESTIVAL, date(2026, 10, 10)} <= extra
    assert NATIONAL_DAY in off
    assert not off & extra


@pytest.mark.parametrize(("language", "name"), [("zh_CN", "国庆节"), ("en_US", "National Day")])
def test_days_off_have_names(language, name):
    off, _, names = public_holidays("CN", [2026], language)
    assert names[NATIONAL_DAY] == name
    assert set(names) == off


def test_only_the_years_asked_for():
    off, extra, _ = public_holidays("CN", [2025, 2026])
    assert {day.year for day in off | extra} == {2025, 2026}


def test_an_unknown_country_is_refused():
    with pytest.raises(NotImplementedError):
        public_holidays("XX", [2026])

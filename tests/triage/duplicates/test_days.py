"""Days that texts name, and whether two texts may mean the same one."""
from datetime import date

import pytest

from triage.duplicates.day_words import mentioned
from triage.duplicates.days import Day, agreement

WEDNESDAY = date(2026, 3, 4)
A_DAY = 1440


@pytest.mark.parametrize(("text", "days"), [
    ("昨天该送的货", [Day("ago", 1)]),
    ("大前天和前天都没来", [Day("ago", 3), Day("ago", 2)]),
    ("上周三没来", [Day("weekday", 2, 1)]),
    ("说好礼拜二送的", [Day("weekday", 1)]),
    ("3月5号到的", [Day("date", 5, month=3)]),
    ("十一月十二日", [Day("date", 12, month=11)]),
    ("三号送来的那批", [Day("date", 3)]),
    ("10月份的返还款", [Day("month", 10)]),
    ("两天前送的", [Day("ago", 2)]),
    ("这周只给三条，上周八条", [Day("week", back=0), Day("week", back=1)]),
    ("yesterday on Monday", [Day("ago", 1), Day("weekday", 0)]),
    ("from the fourth of November", [Day("date", 4, month=11)]),
    ("on the 20th", [Day("date", 20)]),
    ("November 20", [Day("date", 20, month=11)]),
    ("this morning", [Day("ago", 0)]),
])
def test_what_names_a_day(text, days):
    assert list(mentioned(text)) == days


@pytest.mark.parametrize("text", ["每周三送货", "建设路67号那家", "到今天还没来", "every Monday", "I work Sundays", "3号门", "call me back"])
def test_what_names_none(text):
    assert mentioned(text) == ()


@pytest.mark.parametrize(("first", "second", "minutes", "wanted"), [
    ("昨天没来", "前天没来", A_DAY, 1.0),
    ("昨天没来", "昨天没来", 7 * A_DAY, 0.0),
    ("今天没来", "昨天没来", A_DAY, 1.0),
    ("11月16日缺三条", "11月18日缺三条", 2 * A_DAY, 0.0),
    ("3号到的", "11月3日到的", 60, 1.0),
    ("周一的没来", "周三的没来", 2 * A_DAY, 0.0),
    ("10月返还", "11月返还", 60, 0.0),
    ("no van yesterday", "no van today", 3 * A_DAY, 0.0),
    ("this week only 3", "this week only 3", 7 * A_DAY, 0.0),
    ("昨天没来", "3月5日没来", 60, None),
    ("没来", "昨天没来", 60, None),
])
def test_whether_they_agree_without_knowing_the_day(first, second, minutes, wanted):
    assert agreement(mentioned(first), mentioned(second), minutes) == wanted


@pytest.mark.parametrize(("first", "second", "wanted"), [
    ("昨天没来", "3月3号没来", 1.0), ("昨天没来", "3月2号没来", 0.0), ("last Friday", "2月27号", 1.0), ("上周三", "2月25日", 1.0), ("周三", "3月4日", 1.0),
    ("上个月的返还", "2月份返还", 1.0), ("上个月的返还", "3月份返还", 0.0),
])
def test_whether_they_agree_when_the_day_is_known(first, second, wanted):
    assert agreement(mentioned(first), mentioned(second), 60, (WEDNESDAY, WEDNESDAY)) == wanted


def test_what_depends_on_the_day_is_said_in_between():
    assert 0 < agreement(mentioned("周五没来"), mentioned("昨天没来"), 60) < 1

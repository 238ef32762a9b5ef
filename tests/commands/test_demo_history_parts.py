"""The pure parts of the history: its working time, its rates, the planted problem, its shops; no database."""
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from commands.demo.history import chances, hours, plan, shops, texts
from commands.demo.history.arrivals import arrivals
from core.business_time import Calendar, add_worked, add_working, working_minutes
from core.holidays_cn import public_holidays

PACK = Path(__file__).parents[2] / "packs" / "demo"
PLAN = plan.read(PACK / "history.yaml")
LAST = date(2026, 10, 30)
OFF, EXTRA, _NAMES = public_holidays("CN", (2025, 2026, 2027))
SPANS = (time(9), time(12)), (time(13), time(18))
CALENDAR = Calendar(dict.fromkeys(range(5), SPANS), ZoneInfo("Asia/Shanghai"), frozenset(OFF), frozenset(EXTRA))
HOURS = hours.Hours(CALENDAR, date(2025, 1, 1), date(2027, 6, 1))
TOLD = arrivals(PLAN, HOURS, LAST)


def test_the_table_of_hours_agrees_with_the_calendar():
    rng = Random(1)
    for _case in range(1500):
        a = hours.stamp(datetime(2025, 6, 1, tzinfo=UTC)) + rng.randrange(500 * 86400)
        b, minutes, seconds = a + rng.randrange(-10**6, 10**6), rng.randrange(4000), rng.randrange(10**6)
        assert hours.moment(HOURS.add_seconds(a, seconds)) == add_worked(CALENDAR, hours.moment(a), timedelta(seconds=seconds))
        assert hours.moment(HOURS.add(a, minutes)) == add_working(CALENDAR, hours.moment(a), minutes)
        assert HOURS.between(a, b) == working_minutes(CALENDAR, hours.moment(a), hours.moment(b))


def test_it_is_as_much_as_planned_and_the_same_each_time():
    assert PLAN.tickets <= len(TOLD) <= PLAN.tickets * 1.04
    assert arrivals(PLAN, HOURS, LAST) == TOLD
    share = Counter(arrival.leaf for arrival in TOLD)
    assert 0.13 < share["DLV.LATE"] / len(TOLD) < 0.18 and set(share) == set(PLAN.leaves)
    channels = Counter(arrival.channel for arrival in TOLD)
    assert 0.42 < channels["web"] / len(TOLD) < 0.49 and 0.03 < (channels["visit"] + channels["counter"]) / len(TOLD) < 0.07


def test_holidays_are_quiet_and_mornings_are_not():
    per_day = Counter(HOURS.local(arrival.at).date() for arrival in TOLD)
    working = [count for day, count in per_day.items() if HOURS.works_on(day)]
    off = [count for day, count in per_day.items() if not HOURS.works_on(day)]
    assert sum(off) / len(off) < 0.5 * sum(working) / len(working)
    per_hour = Counter(HOURS.local(arrival.at).hour for arrival in TOLD)
    assert per_hour[9] > 3 * per_hour[20] > 3 * per_hour[3]


def test_goods_are_asked_for_before_the_spring_festival():
    festival = date(2026, 2, 15)
    assert not HOURS.works_on(date(2026, 2, 18))
    told = Counter((HOURS.local(arrival.at).date() - festival).days // 7 for arrival in TOLD if arrival.leaf.startswith("SUP."))
    assert (told[-2] + told[-3]) / 2 > 1.3 * sum(told[week] for week in (2, 3, 4, 5)) / 4


def test_the_planted_problem_rises_stays_and_is_mended():
    weekly = Counter()
    for arrival in TOLD:
        if (arrival.leaf, arrival.area) == (PLAN.planted.leaf, PLAN.planted.area):
            weekly[(LAST - HOURS.local(arrival.at).date()).days // 7] += 1

    def rate(first, last):
        return sum(weekly[week] for week in range(last, first)) / (first - last)
    before, beginning, peak, after = rate(78, 40), rate(39, 36), rate(32, 18), rate(16, 0)
    assert beginning > 1.4 * before  # not beside the peak: holidays lie between them
    assert peak > 2.3 * before and abs(after - before) < 0.45 * before
    planted = [arrival for arrival in TOLD if arrival.planted]
    assert len(planted) > 80 and {(a.leaf, a.area) for a in planted} == {("DLV.LATE", "河东")}


@pytest.mark.parametrize(("weeks", "times"), [(40, 1.0), (39, 2.0), (36, 2.5), (33, 3.0), (18, 3.0), (17, 1.0)])
def test_how_many_times_the_usual(weeks, times):
    assert PLAN.planted.times(weeks) == times


def test_who_is_good_is_quicker_and_solves_more():
    quick, slow = (sum(chances.effort(Random(n), "S3", "DLV.LATE", skill, 5, False) for n in range(200)) for skill in (0.9, -0.9))
    assert quick < 0.8 * slow
    assert chances.unsolved(0.9, "upheld", 1) < 0.5 * chances.unsolved(-0.9, "upheld", 1)
    assert chances.unsolved(-0.9, "upheld", 3) == 0
    pleased, cross = (sum(chances.score(Random(n), skill, "DLV.LATE", "upheld", False) for n in range(300)) / 300 for skill in (0.9, -0.9))
    assert pleased > cross + 0.4


def test_shops_are_all_different_and_live_where_others_do():
    known = [shops.Known(f"99010100{n:04d}", area.name, "urban", "水井巷", f"+8613800{n:06d}", (1, 2, 3, 4)) for n, area in enumerate(PLAN.areas)]
    made = shops.more(PLAN, known)
    assert len(made) + len(known) == 1200 and made == shops.more(PLAN, known)
    for key in ("licence_no", "phone"):
        assert len({shop[key] for shop in made} | {getattr(shop, key) for shop in known}) == 1200
    assert {shop["service_class"] for shop in made} == {"key", "ordinary", "basic", "support_needs"}
    assert 0.1 < sum(shop["language"] == "en" for shop in made) / len(made) < 0.2


def test_no_two_tell_the_same():
    book, rng = texts.read(PACK / "history"), Random(3)
    told = []
    for arrival in TOLD:
        lang = "en" if rng.random() < PLAN.english else "zh"
        spot = texts.spot(rng, book.common[lang], "鼓楼街", "")
        told.append(book.tell(rng, arrival.leaf, lang, arrival.channel, spot, arrival.planted))
    assert len(set(told)) == len(told) > 12000
    assert not any("<" in text for text in told)

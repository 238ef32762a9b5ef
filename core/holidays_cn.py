"""Public holidays and make-up working days of a country, from the holidays library."""
from collections.abc import Iterable
from datetime import date

import holidays


def public_holidays(
    country: str, years: Iterable[int], language: str = "zh_CN"
) -> tuple[set[date], set[date], dict[date, str]]:
    """(days off, weekend days worked, names of the days off) of the years given.

    `language` is one that the library knows for the country ("zh_CN", "en_US"); it is always passed on, because the
    library would else choose by the machine's locale.
    Make-up days are known only for years whose schedule was announced (China: each November for the next year), so
    an administrator must be able to add them. Raises NotImplementedError for a country the library does not know.
    """
    wanted = set(years)
    days = holidays.country_holidays(country, years=wanted, language=language)
    # A year's schedule may name days of its neighbours (a weekend worked in the last days of December).
    extra = {day for day in days.weekend_workdays if day.year in wanted}
    names = {day: name for day, name in days.items() if day not in extra}
    return set(names), extra, names

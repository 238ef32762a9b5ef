"""Working minutes between many pairs of moments at once (pure): the openings are laid out once, each pair is two look-ups."""
from datetime import UTC, datetime

import numpy as np

from core.business_time import DAY, Calendar, day_openings


class Ruler:
    """The working time of a calendar from one moment to another, as a ruler to measure spans inside it; moments are seconds since 1970."""

    def __init__(self, calendar: Calendar, since: float, until: float):
        day, last = (datetime.fromtimestamp(at, UTC).astimezone(calendar.tz).date() for at in (since, until))
        days = (day + number * DAY for number in range((last - day).days + 1))
        openings = [opening for each in days for opening in day_openings(calendar, each)]
        self._opens = np.array([opens.timestamp() for opens, _closes in openings])
        self._long = np.array([(closes - opens).total_seconds() for opens, closes in openings])
        self._before = np.cumsum(self._long) - self._long

    def minutes(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Working minutes from each start to its end; what lies outside the ruler is not counted."""
        return (self._at(ends) - self._at(starts)) / 60

    def _at(self, moments: np.ndarray) -> np.ndarray:
        if not len(self._opens):
            return np.zeros(len(moments))
        opening = np.searchsorted(self._opens, moments, side="right") - 1
        known = np.maximum(opening, 0)
        return np.where(opening < 0, 0.0, self._before[known] + np.minimum(moments - self._opens[known], self._long[known]))

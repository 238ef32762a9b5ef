"""The roster of the demo organisation: one after the other of its people is on call for a day and a night."""
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from accounts import queries as accounts
from catalog import queries as catalog
from catalog import roster
from core import organisation
from core.actor import SYSTEM

CHANGE = time(9)  # when the next one begins
DAY = timedelta(days=1)
DAYS = 14


def fill(logins: Sequence[str]) -> None:
    """Put the people with these sign-in names on call for two weeks, from yesterday's change on, so that nobody is missing at any hour."""
    first = datetime.combine(catalog.today() - DAY, CHANGE, organisation.zone())
    people = [accounts.by_login(login) for login in logins]
    for number in range(DAYS):
        roster.enter(SYSTEM, people[number % len(people)], None, first + number * DAY, first + (number + 1) * DAY)

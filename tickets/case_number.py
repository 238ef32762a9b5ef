"""Case numbers (pure): the day, a random part and a check digit, ten digits that can be keyed, said and texted.

"61122 4831 7" is the last digit of the year, month and day, four random digits, and Damm's check digit, which catches
every single wrong digit and every exchange of two neighbours. Four random digits allow 10,000 cases a day: on a
collision the caller draws again, and asks for five digits (`wider`) when a day gets full.
"""
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

DATE_DIGITS = 5
RANDOM_DIGITS = 4
WIDER_DIGITS = 5
LENGTHS = (DATE_DIGITS + RANDOM_DIGITS + 1, DATE_DIGITS + WIDER_DIGITS + 1)

# A totally anti-symmetric quasigroup of order 10 with zeros on the diagonal (H. M. Damm, 2004). A test checks the
# three properties that the method rests on, so a slip of the hand here cannot pass.
_DAMM = (
    (0, 8, 1, 7, 2, 3, 9, 4, 6, 5),
    (6, 0, 5, 1, 3, 8, 4, 9, 7, 2),
    (4, 9, 0, 8, 1, 6, 7, 5, 2, 3),
    (7, 1, 4, 0, 5, 2, 3, 6, 8, 9),
    (1, 6, 7, 2, 0, 5, 8, 3, 9, 4),
    (2, 5, 9, 4, 8, 0, 6, 1, 3, 7),
    (3, 7, 6, 5, 9, 4, 0, 2, 1, 8),
    (9, 2, 8, 3, 7, 1, 5, 0, 4, 6),
    (5, 4, 3, 9, 6, 7, 2, 8, 0, 1),
    (8, 3, 2, 6, 4, 9, 1, 7, 5, 0),
)
_DASHES = "-‐‑‒–—―−"
_GROUPED = re.compile(rf"\b\d{{{DATE_DIGITS}}} \d{{{RANDOM_DIGITS},{WIDER_DIGITS}}} \d\b")
_RUN = re.compile(rf"\d+(?:[ \t{_DASHES}]{{1,3}}\d+)*")


def make(day: date, rand: Callable[[int], int], wider: bool = False) -> str:
    """A new number for a case received on `day` (the organisation's day). `rand(n)` gives 0..n-1, unpredictably."""
    digits = WIDER_DIGITS if wider else RANDOM_DIGITS
    body = f"{day.year % 10}{day:%m%d}{rand(10**digits):0{digits}d}"
    return body + str(_check(body))


def is_valid(case_no: str) -> bool:
    """True for plain digits of the right length whose date exists and whose check digit agrees."""
    if len(case_no) not in LENGTHS or not re.fullmatch("[0-9]+", case_no):
        return False
    return _check(case_no) == 0 and _is_date(case_no[1:DATE_DIGITS])


def clean(text: str) -> str | None:
    """The first valid case number in what somebody typed or texted, or None.

    Full-width digits, and spaces or dashes between groups of digits are understood.
    """
    plain = unicodedata.normalize("NFKC", text)
    return next(filter(is_valid, _candidates(plain)), None)


def show(case_no: str) -> str:
    """In groups, as it is read aloud: "61122 4831 7"."""
    return f"{case_no[:DATE_DIGITS]} {case_no[DATE_DIGITS:-1]} {case_no[-1]}"


def unbroken(text: str) -> str:
    """The text with its grouped case numbers kept on one line: for pages, where their gaps must not become line ends."""
    return _GROUPED.sub(lambda found: found.group().replace(" ", "\N{NO-BREAK SPACE}"), text)


def _check(digits: str) -> int:
    """Damm's digit of `digits`; 0 when they already end in it."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state


def _is_date(month_day: str) -> bool:
    """The year's other digits are not known, so any year's 29 February will do."""
    try:
        date(2000, int(month_day[:2]), int(month_day[2:]))
    except ValueError:
        return False
    return True


def _candidates(plain: str) -> Iterator[str]:
    """Whole groups of digits, joined: a number inside a longer group of digits is somebody's phone number.

    The longest first, because a wider number may end in 0 and would then be valid without its last digit too.
    """
    for run in _RUN.findall(plain):
        groups = re.findall(r"\d+", run)
        for start in range(len(groups)):
            for end in range(min(len(groups), start + max(LENGTHS)), start, -1):
                yield "".join(groups[start:end])

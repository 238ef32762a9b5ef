"""How likely and how long (pure): the numbers by which lives differ. Minutes are working minutes; shares are of 1."""
import math
from random import Random

TRIAGE = (22, 0.9)  # median and spread of a lognormal time
SIGN = {"S1": (8, 0.5), "S2": (25, 0.8), "S3": (45, 0.9), "S4": (70, 0.9)}
CONTACT = {"S1": (15, 0.5), "S2": (40, 0.6), "S3": (75, 0.8), "S4": (110, 0.8)}
EFFORT = {"S1": 380, "S2": 430, "S3": 620, "S4": 560}
EFFORT_SPREAD = 0.58
HARDER = {"SVC": 1.3, "REG": 1.2, "QLT": 1.3, "RPT": 1.3, "ORD": 0.8, "SUP": 0.85}
SILENCE = {"S1": 200, "S2": 430, "S3": 860}  # no handler lets the retailer wait longer without a word, if he can help it
REVIEW = (60, 0.8)
FASTER = 0.25  # by so much a step of skill shortens the work, as an exponent
MOOD = {"SUP": -0.25, "REG": -0.3, "PAY": -0.05, "ORD": 0.2, "SVC": -0.35, "OTH": 0.3, "DLV": 0.0, "QLT": 0.05}
PLEASED = {"upheld": 0.3, "partly": 0.05, "not_upheld": -0.5, "undetermined": -0.25, "not_grantable": -0.4}

MISREAD = 0.035
UNSIGNED = 0.015
ASKED = 0.08
ANSWERS_QUESTION = 0.75
CALLED = 0.95
ADDS_WORDS = 0.05
WITHDRAWN = 0.007
INTERIM = 0.85
EXTENDED = 0.55
GRANTED = 0.85
SENT_ALONE = 0.6
SENT_BACK = 0.07
RESPONDS = {"web": 0.45, "sms": 0.46}
RESPONDS_ELSE = 0.37
COMMENTS = 0.35
ACCEPTS = 0.55
UNSOLVED = 0.05
BROKEN = 0.05
DEMANDED = 0.3
CHECKED = 0.07
DOUBLE = 0.02
ANONYMOUS = {"RPT": 0.45, "SVC.CONDUCT": 0.2}
CONFIDENTIAL = {"SVC": 0.25, "RPT": 0.5}
CONFIDENTIAL_ELSE = 0.03
DECLINED = {"OTH.OTHER": 0.35}
DECLINED_ELSE = 0.004
TRANSFERRED = {"OTH.OTHER": 0.12, "REG.ENFORCE": 0.08, "RPT": 0.12}
ON_THE_SPOT = {"S3": 0.16, "S4": 0.5}


def of(shares: dict, leaf: str, otherwise: float = 0.0) -> float:
    """The share of a leaf, else of its group, else `otherwise`."""
    return shares.get(leaf, shares.get(leaf.split(".")[0], otherwise))


def some(rng: Random, median: float, spread: float) -> float:
    """Minutes from a lognormal distribution, at least one."""
    return max(1.0, median * math.exp(rng.gauss(0, spread)))


def effort(rng: Random, severity: str, leaf: str, skill: float, load: float, again: bool) -> float:
    """Minutes of work until the answer stands: less for the skilled, more for the busy, less the second time."""
    usual = EFFORT[severity] * HARDER.get(leaf.split(".")[0], 1.0) * (1 + 0.012 * load) * (0.75 if again else 1)
    return some(rng, usual * math.exp(-FASTER * skill), EFFORT_SPREAD)


def unsolved(skill: float, outcome: str, rounds: int) -> float:
    """The share of answers after which the retailer still has his trouble. The third answer is the last."""
    if rounds > 2:
        return 0.0
    return UNSOLVED * math.exp(-0.6 * skill) * (1 if outcome in ("upheld", "partly") else 1.4) * (1.3 if rounds > 1 else 1)


def score(rng: Random, skill: float, leaf: str, outcome: str, late: bool) -> int:
    """What the retailer gives who has no reason left to complain, 1 to 5."""
    felt = 3.85 + 0.45 * skill + MOOD.get(leaf.split(".")[0], 0) + PLEASED[outcome] - 0.7 * late + rng.gauss(0, 0.9)
    return max(1, min(5, round(felt)))

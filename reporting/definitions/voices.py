"""What retailers say of the answers."""
from flask_babel import lazy_gettext as _l
from sqlalchemy import func

from reporting.definition import ROUNDS, Definition
from satisfaction.models import Survey

GOOD = 4  # the least score of somebody content
_SURVEYS = _l("surveys: one for each answer")
_ASKED_AT = func.coalesce(Survey.sent_at, Survey.scored_at)
_SCORE = (_l("Score"), Survey.score)
_GIVEN = (_l("Given on"), Survey.scored_at)


def _asked(moment):
    return _ASKED_AT.is_not(None)


def _scored(moment):
    return Survey.score.is_not(None)


VOICES = (
    Definition(
        "satisfied", "share", _l("Satisfied"), ROUNDS, _ASKED_AT, _scored,
        {"of": _l("valid scores"), "part": _l("scores 4 and 5"), "rest": _l("scores 1 to 3")},
        _l("Scores 4 and 5 / valid scores, one for each answer, by the week in which the retailer was asked. A correction within a day replaces."),
        _SURVEYS, part=Survey.score >= GOOD, facts=(_SCORE, _GIVEN), beside=("response", "score")),
    Definition(
        "score", "mean", _l("Mean score"), ROUNDS, _ASKED_AT, _scored, {"of": _l("valid scores")},
        _l("Mean of the valid scores from 1 to 5, by the week in which the retailer was asked."), _SURVEYS,
        value=Survey.score, facts=(_SCORE, _GIVEN), beside=("response",)),
    Definition(
        "response", "share", _l("Response rate"), ROUNDS, _ASKED_AT, _asked,
        {"of": _l("retailers asked"), "part": _l("answered"), "rest": _l("silent")},
        _l("Valid scores / answers about which the retailer was asked or gave a score unasked. Not asked: sealed and noise, opted out, asked within "
           "the last two weeks."), _SURVEYS, part=Survey.score.is_not(None), facts=((_l("Asked on"), Survey.sent_at), _SCORE)),
)

"""The result of an improvement item as its sheet tells it: before and after, the intervals, how the verdict came about."""
from datetime import date

from flask_babel import gettext as _

from desk.improvement import words
from desk.improvement.charts import number
from desk.improvement.verdict_chart import told, verdict_chart
from reporting import pictures
from reporting.improvement.models import ImprovementItem, ImprovementVerdict
from reporting.improvement.weeks import label


def result(item: ImprovementItem) -> dict | None:
    """The last verdict, that of an earlier round if this one has none; None before the first."""
    verdict = item.verdicts[-1] if item.verdicts else None
    if verdict is None:
        return None
    spec = verdict_chart(item, verdict)
    return {"verdict": verdict, "sides": _sides(verdict), "picture": pictures.svg(spec) if spec else "", "reason": words.REASONS[verdict.reason],
            "own": _said(verdict, "own"), "others": _said(verdict, "others"), "change": _said(verdict, "change")}


def _sides(verdict: ImprovementVerdict) -> list[dict]:
    names = {"before": _("Before"), "after": _("After"), "others_before": _("Elsewhere, before"), "others_after": _("Elsewhere, after")}
    return [_side(names[side], side, verdict.numbers[side]) for side in names if side in verdict.numbers]


def _side(name: str, period: str, numbers: dict) -> dict:
    value, low, high = numbers["rate"]
    weeks = [date.fromisoformat(week) for week in numbers["weeks"]]
    return {"name": name, "period": period, "events": numbers["events"], "exposure": number(numbers["exposure"]), "rate": number(value),
            "interval": f"{number(low)}–{number(high)}", "weeks": _weeks(weeks)}


def _weeks(weeks: list[date]) -> str:
    return _("%(first)s–%(last)s, %(count)s weeks", first=label(weeks[0]), last=label(weeks[-1]), count=len(weeks))


def _said(verdict: ImprovementVerdict, name: str) -> str:
    interval = verdict.numbers.get(name)
    return told(interval) if interval else ""

"""What comes when, as the receipt tells it, and the steps that receipt and tracking page share."""
from types import SimpleNamespace

from flask_babel import gettext as _

from core import clock, organisation
from core.i18n import day_hour
from portal.case import Case
from tickets import sla
from tickets.services import clocks
from tickets.values import answer_due

DONE, NOW, LATER = "is-done", "is-now", ""


def ahead(case: Case) -> list[dict]:
    """What happens next, for the receipt: each step with its time."""
    usual = _usual(case)
    first = step(_("We look at what it is about"), _("until %(time)s", time=day_hour(_after(usual, "triage"))), NOW)
    if case.is_report:
        return [first, step(_("It goes to the people who check such reports")), checked()]
    contact = _("until %(time)s", time=day_hour(_after(usual, "triage", "contact")))
    called = step(_("It goes to the people who know the matter")) if case.anonymous else \
        step(_("It goes to the people who know the matter, and they get in touch with you"), contact)
    return [first, called, answer_by(answer_due(usual)), settled()]


def step(label: str, note: str = "", css: str = LATER) -> dict:
    """One step as the page shows it: what, a line about when, and where it stands."""
    return {"label": label, "when": note, "css": css}


def answer_by(due, label: str | None = None, css: str = LATER) -> dict:
    """The step of the answer with its time; a time that is over is admitted."""
    label = label or _("We find out what happened and answer you")
    if due is None:
        return step(label, _("The time runs on when we have your answer."), css)
    if due < clock.now():
        return step(label, _("This should have been done by %(time)s. We are late; you may call us about it.", time=day_hour(due)), css)
    return step(label, _("until %(time)s. If it takes longer, we tell you the reason first.", time=day_hour(due)), css)


def checked(css: str = LATER) -> dict:
    """The step of a report: checked, and nothing promised."""
    return step(_("It is checked. We tell you what the law allows us to tell"), "", css)


def settled() -> dict:
    """The last step."""
    return step(_("Settled"), _("When you say that it is solved, or when we asked you and heard nothing. If it is not solved, we handle it again."))


def _usual(case: Case):
    # Before the job has run nobody knows more than when it came: then the times of an ordinary case are said.
    return case.ticket or SimpleNamespace(received_at=case.received_at, severity="S3", support_needs=False, retailer=None, clocks=())


def _after(usual, *kinds: str):
    at = usual.received_at
    for kind in kinds:
        span = clocks.span_for(usual, kind)
        at = sla.after(organisation.calendar(), at, span) if span else at
    return at

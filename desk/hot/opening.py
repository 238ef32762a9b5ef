"""From the alarm to a parent: the preview of what attaches and what does not, and the opening itself."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.db import db
from core.errors import NotAllowed, NotFound
from desk.blueprint import actor, desk, needs
from desk.hot import words
from desk.hot.forms import ParentForm
from desk.lists import rows
from reporting.hot import queries
from reporting.hot.models import HotIssue
from tickets import kin
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import parenting

OTHERS = 100  # of those that do not attach are shown


@desk.get("/hot/<id:issue_id>/parent")
@needs("parents")
def hot_parent(issue_id: int):
    """What would attach by the alarm's own rule."""
    issue = _issue(issue_id)
    if issue.parent is not None:
        return redirect(url_for("desk.parent", parent_id=issue.parent.id))
    form = ParentForm(formdata=None)
    form.prepare(issue)
    return _show(issue, form)


@desk.post("/hot/<id:issue_id>/parent")
@needs("parents")
def open_parent(issue_id: int):
    """Look again with another rule, or open the parent."""
    issue, form = _issue(issue_id), ParentForm()
    db.session.refresh(issue, with_for_update=True)  # two managers press at once: the second finds the first one's
    if issue.parent is not None:
        flash(_("Somebody else has just opened it. Nothing was done twice."), "info")
        return redirect(url_for("desk.parent", parent_id=issue.parent.id))
    if not form.validate_on_submit() or request.form.get("do") != "open":
        return _show(issue, form)
    rule = form.rule(issue)
    issue.parent = parenting.open_parent(actor(), issue.leaf, rule, form.called(issue),
                                           {"zh": form.plain_zh.data, "en": form.plain_en.data}, _unticked())
    db.session.commit()
    flash(_("The parent is open. What fits is attached, also what comes later."), "success")
    return redirect(url_for("desk.parent", parent_id=issue.parent.id))


def _issue(issue_id: int) -> HotIssue:
    issue = queries.one(issue_id)
    if not parenting.may_lead(actor(), issue.leaf):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    if issue.ended_at is not None and issue.parent is None:
        raise NotFound("running hot issue")
    return issue


def _unticked() -> set[int]:
    """Ids of tickets that were shown with a tick and came back without."""
    shown, ticked = (set(request.form.getlist(name, type=int)) for name in ("shown", "attach"))
    return shown - ticked


def _show(issue: HotIssue, form: ParentForm):
    looked = list(kin.looked_at(form.rule(issue), actor=actor()))
    off = _unticked()
    attach = [_row(ticket) | {"id": ticket.id, "ticked": ticket.id not in off} for ticket, reason in looked if reason is None]
    fit, care = ([row for row in attach if row["support"] is special] for special in (False, True))
    others = [_row(ticket) | {"why": words.REASONS[reason]} for ticket, reason in looked if reason is not None]
    return render_template("desk/hot/open.html", issue=issue, form=form, fit=fit, care=care, others=others[:OTHERS], more=max(0, len(others) - OTHERS),
                           place=words.place(issue), leaf=words.leaf(issue))


def _row(ticket: Ticket) -> dict:
    return rows.row(ticket, actor()) | {"support": ticket.support_needs}

"""What the closing desk does to the chosen tickets: a second look, closing, sending to redo; each ticket on its own."""
from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm.exc import StaleDataError

from core.db import db
from core.errors import DomainError, NotFound
from desk.blueprint import actor
from desk.lists import closing_rules as rules
from desk.lists import conditions as lists
from desk.lists import rows
from desk.lists.closing_page import REASONS, ReasonsForm, asked, names, show
from desk.ticket import verbs
from desk.ticket.forms import RedoForm
from tickets import queries
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import closing

NOTHING = _l("Choose at least one ticket that can be closed together.")
NONE = _l("None of those chosen can be closed together with others: open each and close it on its page.")
ALONE = _l("This one asks for a look of its own: open it and close it there.")


def look():
    """The second look: what will be closed, and how; what cannot be closed together is named."""
    form, chosen = ReasonsForm(), _closable()
    if not chosen or not form.validate():
        return show([(None, _l("Choose from the lists, please.") if chosen else NONE if asked() else NOTHING)], form)
    return render_template("desk/closing_look.html", form=form, rows=[_reasoned(ticket, form) for ticket in chosen], left=_left_out(chosen))


def close_chosen():
    """Close each on its own: one that cannot be closed does not hold up the others."""
    form = ReasonsForm()
    if not form.validate():
        return show([(None, _l("Choose from the lists, please."))], form)
    refused = _each(lambda ticket: _close(ticket, form))
    done = len(asked()) - len(refused)
    return _told(ngettext("%(num)s ticket closed.", "%(num)s tickets closed.", done) if done else "", refused)


def redo_chosen():
    """Have each handled again for the same reason, as the button on its own page does."""
    form = RedoForm()
    if not asked():
        return show([(None, _l("Choose at least one ticket."))])
    if not form.validate():
        return show(redo=form)
    refused = _each(lambda ticket: _redo(ticket, form))
    done = len(asked()) - len(refused)
    return _told(ngettext("%(num)s ticket is handled again.", "%(num)s tickets are handled again.", done) if done else "", refused)


def _close(ticket: Ticket, form: ReasonsForm) -> None:
    if rules.read([ticket.id])[ticket.id]["group"] not in rules.READY:
        raise DomainError("asks_for_a_look", ALONE)
    closing.close(ticket, actor(), **{name: form[name].data or getattr(ticket, name) or "" for name in REASONS})


def _redo(ticket: Ticket, form: RedoForm) -> None:
    if ticket.state != "answered":  # somebody closed it since the page was shown: that is not to be undone unseen
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    verbs.redo(ticket, actor(), form)


def _each(work: Callable[[Ticket], None]) -> list[tuple[str, str]]:
    """Do it to each chosen ticket, committed one by one; the refused ones as (case number, why)."""
    return [(case_no, why) for case_no in asked() if (why := _refusal(case_no, work))]


def _refusal(case_no: str, work: Callable[[Ticket], None]):
    try:
        work(queries.by_case_no(actor(), case_no))
        db.session.commit()
    except (NotFound, StaleDataError):
        db.session.rollback()
        return REFUSALS["wrong_state"]
    except DomainError as refusal:
        db.session.rollback()
        return refusal.message
    return None


def _told(done: str, refused: list[tuple[str, str]]):
    if done:
        flash(done, "success")
    return show(refused) if refused else redirect(request.full_path)


def _closable() -> list[Ticket]:
    return list(db.session.scalars(queries.seen_by(actor()).where(
        lists.to_close(actor()), rules.group().in_(rules.READY), Ticket.case_no.in_(asked())).options(*rows.LOADED)))


def _left_out(chosen: list[Ticket]) -> list[tuple[str, list]]:
    """Case number of each ticket that was asked for and is not among the chosen, and what speaks against closing it unseen."""
    missing = set(asked()) - {ticket.case_no for ticket in chosen}
    seen = db.session.execute(queries.seen_by(actor()).with_only_columns(Ticket.case_no, Ticket.id).where(Ticket.case_no.in_(missing)))
    ids = dict(seen.all())
    flags = rules.read(ids.values())
    return [(case_no, [rules.WORDS[code] for code in flags[ids[case_no]]["flags"]] if case_no in ids else []) for case_no in asked() if case_no in missing]


def _reasoned(ticket: Ticket, form: ReasonsForm) -> dict:
    return rows.row(ticket, actor()) | {name: names(name).get(form[name].data or getattr(ticket, name), "") for name in REASONS}

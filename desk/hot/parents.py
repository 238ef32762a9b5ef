"""A parent: its children, the notice to all of them, who does not belong."""
from collections.abc import Callable

from flask import flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from answers import queries as answer_queries
from core import clock
from core.db import db
from core.errors import DomainError, NotAllowed
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.hot import words
from desk.hot.forms import ResolveForm
from desk.lists import rows
from tickets import alone, kin, queries
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.parents import Parent
from tickets.services import parenting, together


@desk.get("/parents/<id:parent_id>")
@needs("hot_issues")
def parent(parent_id: int):
    """The page of a parent."""
    found = kin.one(parent_id)
    return show(found, form_for(found))


@desk.get("/parents/<id:parent_id>/news")
@needs("hot_issues")
def parent_news(parent_id: int):
    """What has changed while the answers are being written: who still waits, and the tickets."""
    shown = _children(kin.one(parent_id))
    return jsonify({part: render_template(f"desk/hot/_{part}.html", **shown) for part in ("answered", "children")})


parent_news.by_itself = True  # the page asks, not the person: it must not keep him signed in


@desk.post("/parents/<id:parent_id>/notice")
@needs("parents")
def parent_notice(parent_id: int):
    """Every retailer concerned hears once that we know."""
    def give(found: Parent) -> None:
        if answer_queries.first("notice", found.leaf_code) is None:
            raise DomainError("no_words", REFUSALS["no_words"])
        parenting.give_notice(found, actor())
    return _done(parent_id, give, _("The notice goes out, once to each retailer, also to those who come later."))


@desk.post("/parents/<id:parent_id>/leave/<case_no>")
@needs("parents")
def parent_leave(parent_id: int, case_no: str):
    """This ticket does not belong here."""
    ticket = queries.by_case_no(actor(), case_no)
    return _done(parent_id, lambda found: parenting.leave_out(found, ticket, actor()), _("Left out. It goes its own way and is not attached again."))


def _done(parent_id: int, do: Callable[[Parent], None], said: str):
    """Do it and say so, or say why not; either way back to the page."""
    try:
        do(kin.one(parent_id))
        db.session.commit()
        flash(said, "success")
    except NotAllowed:
        raise
    except DomainError as refusal:
        db.session.rollback()
        flash(refusal.message, "error")
    return redirect(url_for("desk.parent", parent_id=parent_id))


def form_for(found: Parent) -> ResolveForm:
    """The form that settles this parent."""
    form = ResolveForm()
    form.prepare(kin.languages(found.id))
    return form


def show(found: Parent, form: ResolveForm):
    """The page of a parent with what is typed."""
    size, crowd = kin.size(found.id), found.severity != found.leaf.severity and parenting.crowd()
    children = _children(found)
    return render_template("desk/hot/parent.html", form=form, title=words.title(found), size=size, cause=_cause(size), crowd=crowd,
                           hidden=size.tickets - children["page"].total - len(children["care"]), place=words.place(found), leaf=words.leaf(found),
                           notice=_notice(found), told=kin.told(found.id), untold=len(kin.unnoticed(found)), **children)


def _children(found: Parent) -> dict:
    """The tickets of one page, those that need a person, and how many of all wait for the answer."""
    children = kin.children(found.id, actor()).options(*rows.LOADED)
    page, care = paginate(children.where(~Ticket.support_needs)), db.session.scalars(children.where(Ticket.support_needs)).all()
    return {"parent": found, "left": _left(found), "answers": words.tongues(found.words_found), "page": page, "children": [rows.row(ticket, actor()) for ticket in page.rows], "care": [rows.row(ticket, actor()) for ticket in care],
            "may": parenting.may_lead(actor(), found.leaf) and found.resolved_at is None, "waiting": len(kin.unanswered(found))}


def _left(found: Parent) -> list[dict]:
    """The tickets that the answer did not reach and that a person has still to answer: which, why, and who has each."""
    children = kin.children(found.id, actor())
    why = alone.still(children.with_only_columns(Ticket.id).order_by(None), clock.now())
    tickets = db.session.scalars(children.where(Ticket.id.in_(why)).options(*rows.LOADED))
    return [rows.row(ticket, actor()) | {"why": words.ALONE[why[ticket.id]]} for ticket in tickets]


def _cause(size: kin.Size) -> str:
    """One cause, how many retailers, how many contacts; apart from these who is not content with the answer."""
    shops = ngettext("%(num)s shop", "%(num)s shops", size.retailers)
    contacts = ngettext("%(num)s contact", "%(num)s contacts", size.contacts)
    if not size.unhappy:
        return _("One cause, %(shops)s, %(contacts)s", shops=shops, contacts=contacts)
    return _("One cause, %(shops)s, %(contacts)s; %(unhappy)s of %(all)s say: still not right", shops=shops, contacts=contacts, unhappy=size.unhappy,
             all=size.retailers)


def _notice(found: Parent) -> list[tuple]:
    """The notice as one of the children would read it, as `words.tongues`; nothing while there is no child or no approved words."""
    first = db.session.scalar(kin.children(found.id, actor()).limit(1))
    if first is None or answer_queries.first("notice", found.leaf_code) is None:
        return []
    return words.tongues({lang: together.compose(found, "notice", first, lang).body for lang in words.TONGUES})

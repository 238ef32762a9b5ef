"""The search box: a case number opens its ticket, everything else is a list."""
from flask import redirect, render_template, request, url_for
from sqlalchemy import select

from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.lists import filters, rows
from desk.shown.presenters import ticket_url
from tickets import case_number, queries
from tickets.models import Ticket


@desk.get("/search")
@needs("search")
def search():
    """Tickets that fit the words and the filters; without either, the newest of all that the reader may see."""
    text = request.args.get("q", "").strip()
    page, chosen, drawn = _found(text)
    if len(page.rows) == 1 and case_number.clean(text) and ticket_url(page.rows[0]):
        return redirect(ticket_url(page.rows[0]))
    found = rows.several(page.rows, actor())
    return render_template("desk/search.html", q=text, page=page, filters=drawn, narrowed=bool(chosen), clear=url_for("desk.search", q=text or None),
                           groups=[{"rows": found, "label": "", "late": False}] if found else [])


def _found(text: str):
    drawn, chosen = filters.read((*filters.FILTERS, filters.STATE))
    query = queries.find(actor(), text) if text else select(Ticket).where(queries.visible(actor())).order_by(Ticket.received_at.desc(), Ticket.id.desc())
    query = query.where(*filters.conditions(actor(), chosen))
    return paginate(query.options(*rows.LOADED)), chosen, drawn

"""The lists of tickets: one view, and one table of what each list holds, says and offers."""
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import and_, select

from core.pagination import paginate
from desk.blueprint import actor, any_staff, desk, needs
from desk.frame import navigation, numbers
from desk.lists import conditions as lists
from desk.lists import due_board, filters, rows
from tickets import queries
from tickets.models import Ticket


@dataclass(frozen=True)
class TicketList:
    """One list: `where` says what stands on it, `tabs` are views of it as (key, label, where), the first shown at once.

    `empty` says what an empty list means: title, text, and one way on as (label, endpoint of the desk).
    """

    key: str
    permission: str
    title: object
    lead: object
    where: Callable
    tabs: tuple
    empty: tuple
    way_on: tuple = field(default=())
    shows: tuple[str, ...] = ()
    offered: tuple = filters.FILTERS


ALL = ("all", _l("All"), lists.everything)

LISTS = (
    TicketList(
        "mine", "own_tickets", _l("My tickets"), _l("What is due first stands first."), lists.mine,
        (ALL, ("sign", _l("To sign for"), lists.to_sign), ("wrote", _l("Retailer wrote again"), lists.wrote_again),
         ("asked", _l("Waiting for the retailer"), lists.in_state("needs_info")), ("review", _l("In review"), lists.in_state("in_review"))),
        (_l("Nothing is on your desk"), _l("New tickets appear here when they are given to you, and you are told.")),
        (_l("See what waits in your team's queue"), "team"), ("team",)),
    TicketList(
        "team", "team_tickets", _l("My team's tickets"), _l("Whoever is certified and free can take what waits in the queue."), lists.team,
        (ALL, ("queue", _l("In the queue"), lists.queue), ("sign", _l("To sign for"), lists.to_sign),
         ("work", _l("In progress"), lists.in_state("in_progress")), ("asked", _l("Waiting for the retailer"), lists.in_state("needs_info")),
         ("review", _l("In review"), lists.in_state("in_review"))),
        (_l("Your team has no open ticket"), _l("Everything that was given to it has been answered.")), (_l("Search older tickets"), "search"), ("assignee",)),
    TicketList(
        "review", "review", _l("To review"), _l("Answers that somebody else wrote and that you may send."), lists.to_review, (ALL,),
        (_l("No answer waits for review"), _l("You are told when one is handed in.")), (_l("Search older tickets"), "search"), ("assignee",)),
    TicketList(
        "due", "close", _l("Due"), _l("What is late, what is due today and what was demanded, wherever it lies."), due_board.on_the_board,
        (ALL, *due_board.COLUMNS, ("soon", _l("Over 70 per cent"), lists.soon), ("more_time", _l("More time asked for"), due_board.more_time)),
        (_l("Nothing is late and nothing is pressing"), _l("A ticket appears here when 70 per cent of its time is used, on the day on which it is due, and when something is demanded.")),
        (_l("See your team's tickets"), "team"), ("assignee", "team"), (*filters.FILTERS, filters.TEAM)),
)
BY_KEY = {ticket_list.key: ticket_list for ticket_list in LISTS}


@desk.get("/")
@any_staff
def home():
    """The first list that fits the role."""
    return redirect(navigation.home(current_user.roles))


def show(ticket_list: TicketList):
    """The page of one list."""
    return render_template("desk/list.html", **content(ticket_list))


def content(ticket_list: TicketList) -> dict:
    """What a list shows: tabs with counts, filters, rows under headings, or what its emptiness means."""
    drawn, chosen = filters.read(ticket_list.offered)
    base = [queries.visible(actor()), ticket_list.where(actor()), *filters.conditions(actor(), chosen)]
    tab, tabs = tabs_of(ticket_list.key, ticket_list.tabs, base, chosen)
    page = paginate(queries.due_first(select(Ticket).where(*base, tab)).options(*rows.LOADED))
    return {"list": ticket_list, "tabs": tabs, "filters": drawn, "keep": request.args.get("tab"), "page": page, "narrowed": bool(chosen),
            "groups": rows.grouped(page.rows, actor()), "way_on": way_on(ticket_list), "clear": clear(ticket_list.key)}


def tabs_of(key: str, tabs: tuple, base: list, chosen: dict[str, str]) -> tuple:
    """The condition of the tab named in the address, and all tabs as ui.tabs draws them, counted in one query."""
    conditions = {tab: where(actor()) for tab, _label, where in tabs}
    asked = request.args.get("tab")
    current = asked if asked in conditions else tabs[0][0]
    counted = numbers.tally(conditions, and_(*base))
    drawn = [{"label": label, "count": counted[tab], "href": url_for(f"desk.{key}", tab=tab, **chosen), "current": tab == current}
             for tab, label, _where in tabs]
    return conditions[current], drawn


def clear(key: str) -> str:
    """The address of a list without its filters, on the same tab."""
    return url_for(f"desk.{key}", tab=request.args.get("tab") or None)


def way_on(ticket_list: TicketList) -> tuple[str, str] | None:
    """Where to go from an empty list: label and address, if the page exists."""
    if not ticket_list.way_on:
        return None
    label, key = ticket_list.way_on
    return (label, navigation.address(key)) if navigation.address(key) else None


def _view(ticket_list: TicketList):
    return needs(ticket_list.permission)(lambda: show(ticket_list))


for _list in LISTS:
    if _list.key == "due":
        continue  # desk.lists.due shows it beneath its board
    desk.add_url_rule(f"/{_list.key}", _list.key, _view(_list))

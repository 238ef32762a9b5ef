"""Common causes on the page of figures: one cause, so many shops, so many contacts."""
from flask import url_for

from accounts.permissions import may
from desk.hot import words
from desk.reports.asked import Asked
from reporting.causes import Cause, as_one, causes


def shared(asked: Asked, received: int) -> dict:
    """The causes as lines, and how many matters there were when each of them counts as one."""
    found = causes(asked.scope)
    return {"lines": [_line(cause, may(asked.scope.actor.roles, "hot_issues")) for cause in found], "received": received,
            "as_one": as_one(received, found)}


def _line(cause: Cause, open_to_reader: bool) -> dict:
    parent = cause.parent
    title, about = words.title(parent), f"{words.leaf(parent)} · {words.place(parent)}"
    return {"number": parent.number, "title": title, "about": "" if about == title else about, "tickets": cause.tickets,
            "shops": cause.retailers, "contacts": cause.contacts, "href": url_for("desk.parent", parent_id=parent.id) if open_to_reader else ""}

"""The board of what is due: the table by team above the list, and its news for a page that stays open."""
from flask import jsonify, render_template, request, url_for

from desk.blueprint import actor, desk, needs
from desk.lists import due_board
from desk.lists.queues import BY_KEY, content

LIST = BY_KEY["due"]


@desk.get("/due")
@needs(LIST.permission)
def due():
    """The whole page."""
    return render_template("desk/due.html", **_shown(), news=url_for("desk.due_news", **request.args.to_dict()))


@desk.get("/due/news")
@needs(LIST.permission)
def due_news():
    """What has changed meanwhile: the table, the views with their counts, and the rows, as they stand on the page."""
    shown = _shown()
    late = sum(cell["count"] for team in shown["teams"] for cell in team["cells"] if cell["late"])
    return jsonify(board=render_template("desk/_due_board.html", **shown), list=render_template("desk/_list_rows.html", **shown),
                   tabs=render_template("desk/_due_tabs.html", **shown), late=late)


due_news.by_itself = True  # the page asks, not the person: it must not keep him signed in


def _shown() -> dict:
    return content(LIST) | due_board.context(actor())

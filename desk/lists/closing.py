"""The manager's closing desk: one address, shown, or with something done to the chosen tickets."""
from flask import request

from desk.blueprint import desk, needs
from desk.lists import closing_many, closing_page

# What the buttons of the page do, by their value.
DO = {"look": closing_many.look, "close": closing_many.close_chosen, "redo": closing_many.redo_chosen}


@desk.route("/closing", methods=["GET", "POST"])
@needs("close")
def closing():
    """Answered tickets of the manager's department, in the groups of closing_rules."""
    return DO.get(request.form.get("do", ""), closing_page.show)()

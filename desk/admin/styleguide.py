"""Every component in every state, on one page."""
from flask import render_template, url_for

from desk.blueprint import desk, needs


@desk.get("/styleguide")
@needs("styleguide")
def styleguide():
    """The page that a new component stands on before another page uses it."""
    return render_template("desk/styleguide.html", sample_url=lambda number: url_for("desk.styleguide", page=number))

"""The words that the hotline looks for in texts: looking at a list, changing it."""
from flask import render_template, url_for

from core.db import db
from core.errors import NotFound
from desk.admin.catalog import may_edit, saved, tabs
from desk.admin.text_words_form import LISTS, WordsForm, by_language
from desk.blueprint import actor, desk, needs
from hotline.texts import words
from hotline.texts.models import TextWords


@desk.get("/catalog/texts")
@needs("catalog")
def text_words():
    """Every list with its words, by what they are for."""
    rows = {row.code: row for row in words.all_lists()}
    known = [code for code in LISTS if code in rows]
    lists = [{"code": code, "name": _name(code), "use": LISTS.get(code, ("", ""))[1], "words": by_language(rows[code].words)}
             for code in (*known, *sorted(rows.keys() - LISTS.keys()))]
    return render_template("desk/text_words.html", lists=lists, tabs=tabs("text_words"), may_edit=may_edit())


@desk.route("/catalog/texts/<code>", methods=["GET", "POST"])
@needs("edit_catalog")
def text_words_edit(code: str):
    """Change a list. What its words do holds from the next text on."""
    row = db.session.get(TextWords, code)
    if row is None:
        raise NotFound("words")
    form = WordsForm(row, data={name: "\n".join(found) for name, found in by_language(row.words).items()})
    if form.validate_on_submit():
        return saved(words.change(actor(), row, form.words()), url_for("desk.text_words"))
    status = 422 if form.errors else 200
    return render_template("desk/text_words_edit.html", form=form, row=row, name=_name(code), use=LISTS.get(code, ("", ""))[1]), status


def _name(code: str) -> str:
    return str(LISTS[code][0]) if code in LISTS else code

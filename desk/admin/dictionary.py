"""The dictionary of what speech recognition mishears: looking at it, changing a term, adding one."""
from itertools import groupby

from flask import render_template, url_for

from core.db import db
from core.errors import NotFound
from desk.admin.catalog import may_edit, saved, tabs
from desk.admin.dictionary_form import DOMAINS, TermForm
from desk.blueprint import actor, desk, needs
from hotline.transcripts import queries, services
from hotline.transcripts.models import DictionaryTerm


@desk.get("/catalog/dictionary")
@needs("catalog")
def dictionary():
    """Every term with the forms in which it is heard, by language and field."""
    groups = [(language, str(DOMAINS[domain]), list(terms)) for (language, domain), terms in
              groupby(queries.terms(), key=lambda term: (term.language, term.domain))]
    return render_template("desk/dictionary.html", groups=groups, tabs=tabs("dictionary"), may_edit=may_edit())


@desk.route("/catalog/dictionary/<id:term_id>", methods=["GET", "POST"])
@needs("edit_catalog")
def dictionary_edit(term_id: int):
    """Change a term. Without heard forms it proposes nothing."""
    term = db.session.get(DictionaryTerm, term_id)
    if term is None:
        raise NotFound("term")
    return _edit(term)


@desk.route("/catalog/dictionary/new", methods=["GET", "POST"])
@needs("edit_catalog")
def dictionary_new():
    """Add a term that is misheard again and again."""
    return _edit(DictionaryTerm(language="zh", domain="talk", meant="", heard=[]))


def _edit(term: DictionaryTerm):
    form = TermForm(term, data={"language": term.language, "domain": term.domain, "meant": term.meant, "heard": "\n".join(term.heard)})
    if form.validate_on_submit():
        return saved(services.change_term(actor(), term, **form.values()), url_for("desk.dictionary"))
    return render_template("desk/dictionary_edit.html", form=form, term=term), 422 if form.errors else 200

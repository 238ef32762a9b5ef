"""What triage has learned: the versions with their scores, the examples they come from, the words that count."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from catalog import queries as catalog
from core import events
from core.db import db
from core.errors import NotFound
from desk.admin.catalog import may_edit, saved, tabs
from desk.admin.cue_form import CueForm
from desk.admin.learned import by_category, by_month
from desk.blueprint import actor, desk, needs
from triage import learning as training
from triage import queries, services
from triage.models import TriageCue, TriageModel


@desk.get("/catalog/learning")
@needs("catalog")
def learning():
    """Versions, the newest first; how well they do in use by month, and what was learned by category."""
    live = queries.live_model()
    return render_template("desk/learning.html", models=queries.models(), live=live, categories=by_category(live), months=by_month(),
                           tabs=tabs("learning"), may_edit=may_edit())


@desk.post("/catalog/learning")
@needs("edit_catalog")
def learning_again():
    """Learn from what was decided since; the job runs in the background."""
    events.enqueue("relearn_triage")
    flash(_("A new version is being made. It appears here when its scores are known."), "success")
    return redirect(url_for("desk.learning"))


@desk.post("/catalog/learning/<id:model_id>/live")
@needs("edit_catalog")
def learning_live(model_id: int):
    """Use this version from the next complaint on."""
    model = db.session.get(TriageModel, model_id)
    if model is None or not model.usable:
        raise NotFound("model")
    training.make_live(model, actor())
    db.session.commit()
    flash(_("Version %(number)s is in use from the next complaint on.", number=model.id), "success")
    return redirect(url_for("desk.learning"))


@desk.get("/catalog/cues")
@needs("catalog")
def cues():
    """The words that raise a severity, those that say what is wanted, and those of what is spoken of."""
    return render_template("desk/cues.html", cues=queries.all_cues(), tabs=tabs("cues"), may_edit=may_edit(),
                           outcomes={code.code: code for code in catalog.codes("desired_outcome")})


@desk.route("/catalog/cues/<kind>/<code>", methods=["GET", "POST"])
@needs("edit_catalog")
def cue_edit(kind: str, code: str):
    """Change the words of a cue."""
    row = db.session.get(TriageCue, (kind, code))
    if row is None:
        raise NotFound("cue")
    form = CueForm.of(row)
    if form.validate_on_submit():
        return saved(services.change_cue(actor(), row, **form.values()), url_for("desk.cues"))
    return render_template("desk/cue_edit.html", form=form, row=row)

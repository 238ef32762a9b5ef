"""What everybody says of himself for the sake of routing: who stands in for him while he is away, and to whom he is tied; and when he is on call."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from accounts.models import User
from catalog import people, roster
from catalog import queries as catalog
from catalog.models import Leave
from core.db import db
from core.errors import DomainError, NotFound
from desk.account.forms import plain
from desk.account.views import blueprint
from desk.blueprint import actor, any_staff
from desk.forms.errors import show
from desk.people.forms import NOBODY, stand_ins
from retailers import queries as retailers
from retailers import relations

BESIDE = {"nobody_named": "shop", "both_named": "shop", "no_such_shop": "shop", "declared_already": "shop", "himself": "colleague"}


class StandInForm(FlaskForm):
    """Who stands in during one leave."""

    stand_in = SelectField(_l("Stands in"), coerce=int)


class TieForm(FlaskForm):
    """A tie to a shop or to a colleague."""

    shop = StringField(_l("A shop: its licence number"), filters=[plain])
    colleague = SelectField(_l("Or a colleague"), coerce=int, default=NOBODY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = db.session.execute(db.select(User.id, User.name).where(User.active, User.id != current_user.id).order_by(User.name, User.id))
        self.colleague.choices = [SelectChoice(NOBODY, _l("nobody")), *(SelectChoice(number, name) for number, name in others)]


@blueprint.get("/me/away")
@any_staff
def away():
    """One's own shifts, leave and ties."""
    return _page(TieForm(formdata=None))


@blueprint.post("/me/away/<id:leave_id>/stand-in")
@any_staff
def own_stand_in(leave_id: int):
    """Say who stands in during a leave of one's own that is not over."""
    row = db.session.get(Leave, leave_id)
    if row is None or row.user_id != current_user.id or row.ends < catalog.today():
        raise NotFound("leave")
    form = _stand_in_form()
    if not form.validate_on_submit():
        return _page(TieForm(formdata=None), problem=_("Choose somebody from the list. Nothing was changed."))
    people.name_stand_in(actor(), row, db.session.get(User, form.stand_in.data) if form.stand_in.data else None)
    db.session.commit()
    flash(_("Noted."), "success")
    return redirect(url_for("accounts.away"))


@blueprint.post("/me/ties")
@any_staff
def declare_tie():
    """Declare a tie of one's own."""
    form = TieForm()
    if not (form.validate_on_submit() and _declared(form)):
        return _page(form)
    flash(_("Declared. You get no such ticket from now on."), "success")
    return redirect(url_for("accounts.away"))


def _declared(form: TieForm) -> bool:
    try:
        colleague = db.session.get(User, form.colleague.data) if form.colleague.data else None
        relations.declare(actor(), current_user, shop=_shop(form.shop.data), colleague=colleague)
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        show(form, error, BESIDE)
        return False
    return True


def _shop(licence_no: str):
    if not licence_no:
        return None
    found = retailers.by_licence("".join(licence_no.split()).replace("-", ""))
    if found is None:
        raise DomainError("no_such_shop", _l("There is no shop with this licence number."))
    return found


@blueprint.post("/me/ties/<id:relation_id>/end")
@any_staff
def end_tie(relation_id: int):
    """A tie is over."""
    if not relations.end(actor(), current_user, relation_id):
        raise NotFound("relation")
    db.session.commit()
    flash(_("Noted: this tie is over."), "success")
    return redirect(url_for("accounts.away"))


def _stand_in_form(leave: Leave | None = None) -> StandInForm:
    form = StandInForm(formdata=None, data={"stand_in": leave.stand_in_id or NOBODY}, prefix="") if leave else StandInForm()
    form.stand_in.choices = stand_ins(current_user)
    if leave is not None:
        form.stand_in.id = f"stand-in-{leave.id}"
        form.stand_in.label.field_id = form.stand_in.id
    return form


def _page(form: TieForm, problem: str = ""):
    leaves = [(row, _stand_in_form(row)) for row in people.leave_from(current_user, catalog.today())]
    return render_template("accounts/away.html", form=form, leaves=leaves, shifts=roster.of(current_user), ties=relations.of(current_user),
                           problem=problem), 422 if form.errors or problem else 200

"""The shops' pages: search, one shop's card, changing it, and its wish for no messages."""
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from accounts.permissions import may
from core import phone
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotFound
from core.pagination import paginate
from desk.admin import retailer_card
from desk.admin.retailer_form import retailer_form
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors
from desk.shown import words
from retailers import queries, services
from retailers.models import SERVICE_CLASSES, Retailer


@desk.get("/retailers")
@needs("retailers")
def retailers():
    """Shops by name, owner, licence, number or address; numbers are masked."""
    text, area, group = (request.args.get(name, "").strip() for name in ("q", "area", "class"))
    query = queries.search(text)
    if area:
        query = query.where(Retailer.area == area)
    if group in SERVICE_CLASSES:
        query = query.where(Retailer.service_class == group)
    areas = db.session.scalars(select(Retailer.area).where(Retailer.area != "").distinct().order_by(Retailer.area)).all()
    return render_template("desk/retailers.html", page=paginate(query), q=text, mask=phone.mask, classes=words.SERVICE_CLASSES,
                           narrowed=bool(text or area or group), filters=[
        {"name": "area", "label": _("Area"), "options": [("", _("All")), *((name, name) for name in areas)], "value": area},
        {"name": "class", "label": _("Service class"), "options": [("", _("All")), *words.SERVICE_CLASSES.items()], "value": group}])


@desk.get("/retailers/<licence_no>")
@needs("retailers")
def retailer(licence_no: str):
    """One shop: who it is, who serves it, whether it wants messages, and its tickets as far as the reader may know of them."""
    return _card(_shop(licence_no))


@desk.post("/retailers/<licence_no>/number")
@needs("retailers")
def retailer_number(licence_no: str):
    """Show the full number once; the audit trail keeps who looked."""
    shop = _shop(licence_no)
    _note_look(shop)
    return _card(shop, phone.display)


def _card(shop: Retailer, shown: Callable[[str], str] = phone.mask):
    return render_template("desk/retailer.html", **retailer_card.card(shop, actor(), shown), may_edit=may(current_user.roles, "edit_retailers"))


def _note_look(shop: Retailer) -> None:
    if shop.phone:
        record(actor(), Did.IDENTITY_SEEN, target=shop.licence_no)
        db.session.commit()


@desk.route("/retailers/<licence_no>/edit", methods=["GET", "POST"])
@needs("edit_retailers")
def retailer_edit(licence_no: str):
    """Change the card. The full number stands in its form, so opening it leaves a trace like looking at the number."""
    shop = _shop(licence_no)
    form = retailer_form(shop)
    if request.method == "GET":
        _note_look(shop)
    if form.validate_on_submit():
        try:
            changed = services.change(actor(), shop, **form.values())
        except DomainError as error:
            form_errors.show(form, error, {"shop_name_missing": "shop_name", "unknown_class": "service_class"})
        else:
            db.session.commit()
            flash(_("Card saved.") if changed else _("Nothing was changed."), "success")
            return redirect(url_for("desk.retailer", licence_no=shop.licence_no))
    return render_template("desk/retailer_edit.html", form=form, shop=shop)


@desk.post("/retailers/<licence_no>/messages")
@needs("edit_retailers")
def retailer_messages(licence_no: str):
    """Note that the shop wants no messages to its number or address, or wants them again."""
    shop = _shop(licence_no)
    address, wanted = {"phone": shop.phone, "email": shop.email}.get(request.form.get("what")), request.form.get("wanted") == "yes"
    if not address:
        raise NotFound("address")
    if wanted:
        services.opt_in(address, "desk", actor())
    else:
        services.opt_out(address, "desk", actor())
    db.session.commit()
    flash(_("This shop gets messages again.") if wanted else _("Nothing is sent there any more. What has to be said becomes a call."), "success")
    return redirect(url_for("desk.retailer", licence_no=shop.licence_no))


def _shop(licence_no: str) -> Retailer:
    shop = db.session.scalar(select(Retailer).filter_by(licence_no=licence_no))
    if shop is None:
        raise NotFound("retailer")
    return shop

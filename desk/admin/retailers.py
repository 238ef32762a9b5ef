"""The shops: search, one shop's card, and its wish for no messages."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import not_, select, true

from accounts.models import User
from accounts.permissions import may
from core import phone
from core.actor import Actor
from core.db import db
from core.errors import DomainError, NotFound
from core.pagination import paginate
from desk.admin.retailer_form import SERVING, retailer_form
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors
from desk.lists import rows
from desk.shown import words
from retailers import queries, services
from retailers.models import SERVICE_CLASSES, SERVING_ROLES, OptOut, Retailer
from tickets.models import Ticket
from tickets.queries import seen_by

TICKETS_SHOWN = 20


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
    shop = _shop(licence_no)
    tickets = db.session.scalars(_tickets(actor(), shop).options(*rows.LOADED).limit(TICKETS_SHOWN)).all()
    return render_template("desk/retailer.html", shop=shop, serving=_serving(shop), opt_outs=_opt_outs(shop), classes=words.SERVICE_CLASSES,
                           display=phone.display, tickets=[rows.row(ticket, actor()) for ticket in tickets],
                           may_edit=may(current_user.roles, "edit_retailers"))


@desk.route("/retailers/<licence_no>/edit", methods=["GET", "POST"])
@needs("edit_retailers")
def retailer_edit(licence_no: str):
    """Change the card."""
    shop = _shop(licence_no)
    form = retailer_form(shop)
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


def _tickets(reader: Actor, shop: Retailer):
    """On a shop's own card even a ticket without a name would say who wrote it."""
    known = not_(Ticket.confidential) if not reader.has("hotline", "compliance") else true()
    return seen_by(reader).where(Ticket.retailer_id == shop.id, known).order_by(Ticket.received_at.desc())


def _serving(shop: Retailer) -> list[tuple[object, str]]:
    ids = {role: getattr(shop, f"{role}_id") for role in SERVING_ROLES}
    names = dict(db.session.execute(select(User.id, User.name).where(User.id.in_(filter(None, ids.values())))).all())
    return [(SERVING[role], names[user_id]) for role, user_id in ids.items() if user_id]


def _opt_outs(shop: Retailer) -> list[dict]:
    """Whether messages go to the number and to the address of the shop."""
    ways = [("phone", _("Telephone"), shop.phone, phone.display(shop.phone or "")), ("email", _("E-mail"), shop.email, shop.email)]
    return [{"what": what, "label": label, "shown": shown, "out": db.session.get(OptOut, address)} for what, label, address, shown in ways if address]

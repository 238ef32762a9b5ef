"""The form of a shop's card."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional, Regexp

from accounts.models import User
from core import phone
from core.db import db
from core.i18n import LANGUAGES
from desk.forms.choices import choices
from desk.shown.words import SERVICE_CLASSES
from retailers.models import SERVING_ROLES, Retailer

SERVING = {"account_manager": _l("Account manager"), "tele_orderer": _l("Tele-orderer"), "deliverer": _l("Deliverer"), "inspector": _l("Inspector")}
FAULTS = {"too_short": _l("Digits are missing in this number."), "too_long": _l("This number has too many digits."),
          "not_a_number": _l("This is not a telephone number."), "impossible": _l("There is no such telephone number.")}
NO_EMAIL = _l("This is not an e-mail address.")


def plain(text: str | None) -> str:
    """Without space around it."""
    return (text or "").strip()


def person(text: str) -> int | None:
    """The choice of a person: his id, or nobody."""
    return int(text) if text and text != "None" else None


def _known_number(form, field) -> None:
    try:
        phone.normalise(field.data)
    except phone.InvalidPhone as error:
        raise ValidationError(FAULTS[error.reason]) from None


class RetailerForm(FlaskForm):
    """What may be changed on a shop's card; the licence number stays."""

    shop_name = StringField(_l("Shop"), [DataRequired(_l("The shop needs a name.")), Length(max=120)], filters=[plain])
    owner_name = StringField(_l("Owner"), [Length(max=80)], filters=[plain])
    phone = StringField(_l("Telephone"), [Optional(), _known_number], filters=[plain],
                        description=_l("Opening this form is recorded, because the whole number stands here."))
    email = StringField(_l("E-mail"), [Optional(), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=NO_EMAIL)], filters=[plain])
    area = StringField(_l("Area"), [Length(max=80)], filters=[plain])
    address = StringField(_l("Address"), [Length(max=300)], filters=[plain])
    service_class = SelectField(_l("Service class"), choices=choices(SERVICE_CLASSES.items()))
    value_class = StringField(_l("Value class"), [Length(max=40)], filters=[plain],
                              description=_l("Told by the sales system. It never decides how a complaint is treated."))
    language = RadioField(_l("Language"), choices=choices(LANGUAGES.items()))
    support_needs = BooleanField(_l("Needs special care"))
    account_manager_id, tele_orderer_id, deliverer_id, inspector_id = (SelectField(SERVING[role], coerce=person) for role in SERVING_ROLES)
    active = BooleanField(_l("The shop is open for business"))

    def values(self) -> dict:
        """The fields by column: numbers as they are stored, nothing as None."""
        values = {name: value for name, value in self.data.items() if name != "csrf_token"}
        return values | {"phone": phone.normalise(values["phone"]) if values["phone"] else None, "email": values["email"] or None}


def retailer_form(shop: Retailer) -> RetailerForm:
    """The form with the card as it is; whoever serves the shop stays choosable after leaving."""
    form = RetailerForm(obj=shop)
    if shop.phone and not form.is_submitted():
        form.phone.data = phone.display(shop.phone)
    serving = [getattr(shop, f"{role}_id") for role in SERVING_ROLES]
    people = db.session.execute(select(User.id, User.name).where(User.active | User.id.in_(serving)).order_by(User.name)).all()
    for role in SERVING_ROLES:
        form[f"{role}_id"].choices = choices([("", _("nobody")), *people])
    return form

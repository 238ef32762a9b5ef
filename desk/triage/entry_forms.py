"""A complaint that staff enter for a retailer: on the phone, at the counter, on a visit."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from core import phone
from core.i18n import LANGUAGES
from desk.shown.words import CHANNELS, TYPES

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
SPOKEN = ("phone", "visit", "counter")


class EntryForm(FlaskForm):
    """Only the words and the way they came are needed; everything else as far as it is known."""

    key = HiddenField()
    channel = RadioField(_l("How it came"), choices=[SelectChoice(key, CHANNELS[key]) for key in SPOKEN], default="phone")
    text = TextAreaField(_l("What the retailer says"), validators=[InputRequired(_l("Write down what the retailer says.")), Length(max=5000)])
    kind = SelectField(_l("Kind of matter"), choices=[SelectChoice(*item) for item in TYPES.items()])
    shop = StringField(_l("Shop or licence number"), validators=[Optional(), Length(max=120)])
    name = StringField(_l("Who is speaking"), validators=[Optional(), Length(max=80)])
    phone = StringField(_l("Telephone"), validators=[Optional(), Length(max=40)])
    email = StringField(_l("E-mail"), validators=[Optional(), Length(max=120), Regexp(EMAIL, message=_l("This is not an e-mail address."))])
    language = SelectField(_l("Language of the retailer"), choices=[SelectChoice(*item) for item in LANGUAGES.items()])
    occurred = StringField(_l("When it happened"), validators=[Optional(), Length(max=120)])
    order_no = StringField(_l("Order number"), validators=[Optional(), Length(max=60)])
    wish = StringField(_l("What he would like to happen"), validators=[Optional(), Length(max=300)])
    confidential = BooleanField(_l("Keep the name confidential"))
    read_back = BooleanField(_l("I have read it back to him and he agrees"), validators=[InputRequired(_l("Read it back before you store it."))])

    def validate_phone(self, field) -> None:
        """Keep the number as E.164."""
        try:
            field.data = phone.normalise(field.data)
        except phone.InvalidPhone:
            raise ValidationError(_("This telephone number is not complete or has a wrong digit.")) from None

    def raw(self) -> dict:
        """What is stored, unchanged, as it was entered."""
        keys = ("text", "kind", "shop", "name", "phone", "email", "language", "occurred", "order_no", "wish", "confidential", "read_back")
        return {key: getattr(self, key).data for key in keys if getattr(self, key).data}

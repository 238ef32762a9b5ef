"""What the hotline fills in to say what a complaint is."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from catalog import queries as catalog
from catalog.models import NOISE, Leaf
from core.actor import Actor
from core.i18n import pick
from desk.shown.words import SEVERITIES, TYPES
from desk.triage.proposed import prefilled
from retailers import queries as retailers
from retailers.models import Retailer
from tickets import access
from tickets.models import Ticket
from tickets.services import naming
from triage import facts, queries

CHOOSE = SelectChoice("", _l("choose"))
SHORT, LONG = Length(max=120), Length(max=2000)


class TriageForm(FlaskForm):
    """Category, severity, facts and the outcome that the retailer wants."""

    shop = RadioField(_l("Which of these shops?"),
                      validators=[InputRequired(_l("Say which shop it is, or that it is none of them."))])
    leaf = SelectField(_l("Category"), validators=[InputRequired(_l("Choose a category."))])
    severity = RadioField(_l("Severity"), choices=[SelectChoice(*item) for item in SEVERITIES.items()],
                          validators=[InputRequired(_l("Choose a severity."))])
    type = SelectField(_l("Kind of matter"), choices=[SelectChoice(*item) for item in TYPES.items()])
    desired_outcome = SelectField(_l("What the retailer wants"), validators=[InputRequired(_l("Say what the retailer wants."))])
    wish = StringField(_l("In his own words"), validators=[Optional(), Length(max=300)])
    problem = StringField(_l("What is behind it"), validators=[Optional(), Length(max=300)])
    order_no = StringField(_l("Order number"), validators=[Optional(), SHORT])
    occurred = StringField(_l("When it happened"), validators=[Optional(), SHORT])
    amount = StringField(_l("Amount of money"), validators=[Optional(), SHORT])
    named = SelectMultipleField(_l("Staff complained about"), coerce=int, validators=[Optional()])
    deciders = SelectMultipleField(_l("Who took the disputed decision"), coerce=int, validators=[Optional()])
    support_needs = BooleanField(_l("Needs special care"))
    questions = TextAreaField(_l("Question to the retailer"), validators=[Optional(), LONG])

    def facts(self) -> dict:
        """What triaging.classify takes."""
        keys = ("type", "desired_outcome", "wish", "problem", "order_no", "occurred", "amount", "support_needs")
        return {key: getattr(self, key).data for key in keys} | {"named_ids": list(self.named.data or []), "decider_ids": list(self.deciders.data or [])}


def triage_form(ticket: Ticket, actor: Actor, fresh: bool = False) -> TriageForm:
    """The form for one ticket: what is known already is filled in, what stands in plain sight is proposed; `fresh` takes nothing that was sent."""
    sent = {"formdata": None} if fresh else {}
    form = TriageForm(data=_read(ticket) | prefilled(ticket) | _known(ticket), **sent)
    shops = several_shops(ticket) if access.sees_identity(actor, ticket) else []
    if shops:
        form.shop.choices = [*(SelectChoice(shop.licence_no, _shop_name(shop)) for shop in shops), SelectChoice("-", _l("None of them"))]
    else:
        del form.shop
    form.leaf.choices = leaf_choices()
    form.desired_outcome.choices = outcome_choices()
    form.named.choices = form.deciders.choices = _staff(ticket, access.sees_identity(actor, ticket))
    return form


def several_shops(ticket: Ticket) -> list[Retailer]:
    """The shops that share the number of a ticket whose shop is not known."""
    if ticket.retailer_id is not None:
        return []
    return [shop for licence in ticket.facts.get("shops", ()) if (shop := retailers.by_licence(licence)) is not None]


def _shop_name(shop: Retailer) -> str:
    return f"{shop.shop_name} {shop.licence_no[-4:]}"


def _known(ticket: Ticket) -> dict:
    """What was said or decided already; it goes before what the machine reads."""
    decided = {"leaf": ticket.leaf_code, "severity": ticket.severity if ticket.leaf_code else None, "desired_outcome": ticket.desired_outcome,
               "occurred": ticket.occurred, "order_no": ticket.order_no, "amount": ticket.amount, "deciders": list(ticket.decider_ids)}
    told = {"named": list(ticket.named_ids), "type": ticket.type, "wish": ticket.wish, "problem": ticket.problem, "support_needs": ticket.support_needs}
    return told | {name: value for name, value in decided.items() if value}


def _read(ticket: Ticket) -> dict:
    """What stands in plain sight, also without a proposal."""
    text = queries.words_of(ticket)
    found = facts.read(text)
    return {"order_no": found.order_no, "amount": found.amount, "occurred": found.occurred}


def leaf_choices() -> list[SelectChoice]:
    """Every category but noise, in its groups, with the severity that is usual for it."""
    return [CHOOSE, *(SelectChoice(leaf.code, _leaf_name(leaf), optgroup=pick(leaf.group.name_zh, leaf.group.name_en),
                                   render_kw={"data-severity": leaf.severity}) for leaf in catalog.leaves() if leaf.code != NOISE)]


def outcome_choices() -> list[SelectChoice]:
    """What a retailer may want."""
    return [CHOOSE, *(SelectChoice(c.code, pick(c.name_zh, c.name_en)) for c in catalog.codes("desired_outcome"))]


def _leaf_name(leaf: Leaf) -> str:
    return f"{leaf.code} {pick(leaf.name_zh, leaf.name_en)}"


def _staff(ticket: Ticket, shop_known: bool) -> list[SelectChoice]:
    serving = queries.serving(ticket.retailer) if shop_known else ()  # who serves it would tell which shop it is
    said = naming.whom(ticket, queries.words_of(ticket))
    likely = {*said.ids, *said.perhaps, *ticket.named_ids, *ticket.decider_ids}
    people = {user.id: user.name for user in (*serving, *queries.people(likely))}
    return [SelectChoice(*item) for item in sorted(people.items(), key=lambda item: item[1])]

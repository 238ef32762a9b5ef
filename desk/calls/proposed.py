"""What the words of a call propose while they are typed, by the same rules as triage; cheap, without the learned model."""
from dataclasses import dataclass
from datetime import datetime

from catalog import queries as catalog
from desk.calls.forms import CallForm
from hotline.models import Call
from hotline.taking import queries
from triage import facts
from triage.services import severity_for


@dataclass(frozen=True)
class Heard:
    """As much of a ticket as the rules of severity ask for, before there is one."""

    received_at: datetime
    support_needs: bool
    severity: str = "S3"


def proposed(call: Call, form: CallForm) -> dict[str, str]:
    """Severity, order number and amount, as far as the words tell; no severity without a category."""
    text, leaf, shop = form.text.data or "", catalog.leaf(form.leaf.data), queries.shop_of(call)
    found = facts.read(text)
    heard = Heard(call.began_at, bool(shop and (shop.support_needs or shop.service_class == "support_needs")))
    severity = severity_for(heard, leaf, text, found)[0] if leaf else ""
    return {"severity": severity, "order_no": found.order_no or "", "amount": found.amount or ""}

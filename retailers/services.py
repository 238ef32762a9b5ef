"""What happens to a shop's card, and to the wish for no messages."""
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core import clock
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from core.phone import mask
from retailers import serving
from retailers.models import SERVICE_CLASSES, OptOut, Retailer

CHANGEABLE = ("shop_name", "owner_name", "phone", "email", "area", "area_type", "address", "service_class", "value_class", "language",
              "support_needs", "account_manager_id", "tele_orderer_id", "deliverer_id", "inspector_id", "active")


def upsert(actor: Actor, licence_no: str, is_demo: bool = False, **facts) -> tuple[Retailer, str]:
    """The shop with this licence number, added or changed to `facts` (of CHANGEABLE); returns it with added, changed or kept.

    Raises DomainError `bad_licence`, `shop_name_missing` or `unknown_class`.
    """
    licence_no = licence(licence_no)
    shop = db.session.scalar(select(Retailer).filter_by(licence_no=licence_no))
    if shop is not None:
        return shop, "changed" if change(actor, shop, **facts) else "kept"
    shop = Retailer(licence_no=licence_no, is_demo=is_demo, **_checked({"shop_name": ""} | facts))
    db.session.add(shop)
    db.session.flush()
    record(actor, Did.RETAILER_CHANGED, target=licence_no, changed=["licence_no"])
    return shop, "added"


def change(actor: Actor, shop: Retailer, **facts) -> list[str]:
    """Change the card; returns the names of what is different now. Raises DomainError `shop_name_missing` or `unknown_class`."""
    changed = [name for name, value in _checked(facts).items() if getattr(shop, name) != value]
    for name in changed:
        serving.note_end(shop, name, getattr(shop, name))
        setattr(shop, name, facts[name])
    if changed:
        db.session.flush()
        record(actor, Did.RETAILER_CHANGED, target=shop.licence_no, changed=changed)
    return changed


def licence(text: str) -> str:
    """A licence number as it is stored: its digits. Raises DomainError `bad_licence` for anything else."""
    plain = "".join(text.split()).replace("-", "")
    if not (plain.isascii() and plain.isdigit()):
        raise DomainError("bad_licence", _l("A licence number consists of digits: %(text)s", text=text))
    return plain


def _checked(facts: dict) -> dict:
    unknown = facts.keys() - set(CHANGEABLE)
    if unknown:
        raise ValueError(f"not on a shop's card: {', '.join(sorted(unknown))}")
    if not facts.get("shop_name", "-").strip():
        raise DomainError("shop_name_missing", _l("The shop needs a name."))
    if facts.get("service_class", "ordinary") not in SERVICE_CLASSES:
        raise DomainError("unknown_class", _l("There is no service class %(name)s.", name=facts["service_class"]))
    return facts


def opt_out(address: str, source: str, actor: Actor = SYSTEM) -> bool:
    """This number or address, of a shop or not, wants no messages any more; `source` says how we know. False if that was known."""
    row = insert(OptOut).values(address=address, since=clock.now(), source=source).on_conflict_do_nothing().returning(OptOut.address)
    if db.session.scalar(row) is None:
        return False
    record(actor, Did.OPT_OUT_SET, target=mask(address), source=source)
    return True


def opt_in(address: str, source: str, actor: Actor = SYSTEM) -> bool:
    """This number or address wants messages again. False if it never opted out."""
    gone = db.session.scalar(delete(OptOut).where(OptOut.address == address).returning(OptOut.address))
    if gone is None:
        return False
    record(actor, Did.OPT_OUT_LIFTED, target=mask(address), source=source)
    return True

"""Finding a shop."""
from sqlalchemy import func, or_, select

from core.db import db
from core.phone import InvalidPhone, normalise
from retailers.models import OptOut, Retailer


def find(text: str) -> Retailer | None:
    """The one shop that `text` names: a licence number, a phone number or an exact shop name; None if none or several."""
    text = text.strip()
    if not text:
        return None
    digits = "".join(c for c in text if c.isdigit())
    conditions = [Retailer.licence_no == (digits or text), func.lower(Retailer.shop_name) == text.lower()]
    number = _number(text)
    if number:
        conditions.append(Retailer.phone == number)
    found = db.session.scalars(select(Retailer).where(Retailer.active, or_(*conditions)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def by_licence(licence_no: str) -> Retailer | None:
    """The shop with this licence number."""
    return db.session.scalar(select(Retailer).filter_by(licence_no=licence_no))


def by_phone(number: str | None) -> Retailer | None:
    """The one shop with this E.164 number; None if none or several."""
    found = all_by_phone(number)
    return found[0] if len(found) == 1 else None


def all_by_phone(number: str | None) -> list[Retailer]:
    """Every shop with this E.164 number, by name."""
    if not number:
        return []
    return list(db.session.scalars(select(Retailer).where(Retailer.active, Retailer.phone == number).order_by(Retailer.shop_name, Retailer.id)))


def search(text: str):
    """A select of shops whose name, owner, licence or address contains `text`."""
    query = select(Retailer).order_by(Retailer.shop_name)
    text = text.strip()
    if not text:
        return query
    digits = "".join(c for c in text if c.isdigit())
    columns = (Retailer.shop_name, Retailer.owner_name, Retailer.licence_no, Retailer.address)
    conditions = [column.icontains(text, autoescape=True) for column in columns]
    if len(digits) >= 4:
        conditions.append(Retailer.phone.like(f"%{digits[-11:]}"))
    return query.where(or_(*conditions))


def areas() -> list[str]:
    """The areas in which there are shops, in order."""
    return list(db.session.scalars(select(Retailer.area).where(Retailer.active, Retailer.area != "").distinct().order_by(Retailer.area)))


def opted_out(address: str) -> bool:
    """True if this number or address wants no messages."""
    return opt_out_of(address) is not None


def opt_out_of(address: str) -> OptOut | None:
    """The wish of this number or address for no messages, with since when and how we know."""
    return db.session.scalar(select(OptOut).where(OptOut.address == address))


def _number(text: str) -> str | None:
    try:
        return normalise(text)
    except InvalidPhone:
        return None

"""Shops and the opt-outs of numbers, known or not."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Numbered, db, one_of

SERVICE_CLASSES = ("key", "ordinary", "basic", "support_needs")
SERVING_ROLES = ("account_manager", "tele_orderer", "deliverer", "inspector")


class Retailer(Numbered, db.Model):
    """A licensed shop. Class and star never decide how a complaint is treated, beyond a faster first contact."""

    licence_no: Mapped[str] = mapped_column(unique=True)
    shop_name: Mapped[str] = mapped_column(index=True)
    owner_name: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str | None]
    area: Mapped[str] = mapped_column(server_default="", index=True)
    area_type: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    service_class: Mapped[str] = mapped_column(server_default="ordinary")
    value_class: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="zh")
    support_needs: Mapped[bool] = mapped_column(server_default="false")
    account_manager_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    tele_orderer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    deliverer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    active: Mapped[bool] = mapped_column(server_default="true")
    is_demo: Mapped[bool] = mapped_column(server_default="false")
    __table_args__ = (CheckConstraint(one_of("service_class", SERVICE_CLASSES), "known_class"),)


class OptOut(db.Model):
    """A number or address that wants no messages from us."""

    address: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    source: Mapped[str] = mapped_column(server_default="")

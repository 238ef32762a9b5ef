"""Shops, who served them, who is tied to them, and the opt-outs of numbers, known or not."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
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


class FormerService(Numbered, db.Model):
    """Who served a shop before, in which role and until when; who serves it now stands on the card."""

    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[str]
    until: Mapped[datetime]
    __table_args__ = (CheckConstraint(one_of("role", SERVING_ROLES), "known_role"),)


class Relation(Numbered, db.Model):
    """What a member of staff declared: kin, friendship or business with a shop or with a colleague, exactly one of them."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailer.id", ondelete="CASCADE"), index=True)
    colleague_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    declared_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    retailer: Mapped[Retailer | None] = relationship()
    colleague: Mapped[User | None] = relationship(foreign_keys=[colleague_id])
    __table_args__ = (CheckConstraint("(retailer_id IS NULL) <> (colleague_id IS NULL)", "to_one"), CheckConstraint("colleague_id <> user_id", "to_another"),
                      Index("uq_relation_open_retailer", "user_id", "retailer_id", unique=True, postgresql_where="ended_at IS NULL AND retailer_id IS NOT NULL"),
                      Index("uq_relation_open_colleague", "user_id", "colleague_id", unique=True, postgresql_where="ended_at IS NULL AND colleague_id IS NOT NULL"))


class OptOut(db.Model):
    """A number or address that wants no messages from us."""

    address: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    source: Mapped[str] = mapped_column(server_default="")

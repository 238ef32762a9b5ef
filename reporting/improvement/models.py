"""Improvement items with their tickets, actions and verdicts; the weeks that were looked at, and how many shops there were in them."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import Leaf
from core.db import EMPTY_ARRAY, EMPTY_JSON, Numbered, db, one_of
from reporting.improvement.lifecycle import ACCEPTED, ACTION_KINDS, ENDED, OPEN, RESULTS, STATES

CHARTS = ("weekly", "rare")
# What a frozen ticket is counted in; "others" are the comparison areas.
PERIODS = ("baseline", "signal", "before", "after", "others_before", "others_after")


class ImprovementItem(Numbered, db.Model):
    """One rise of one category in one area. `state` changes only in reporting.improvement.transition.

    Weeks are Mondays. `baseline_*` are complaints and 1,000 retailer-weeks with the rate and its interval; `most` is the share of
    the rate before that counts as success. `reached` says when each state was reached last.
    """

    state: Mapped[str] = mapped_column(server_default="candidate")
    version: Mapped[int] = mapped_column(server_default="1")
    round: Mapped[int] = mapped_column(server_default="1")
    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"))
    area: Mapped[str]
    found_at: Mapped[datetime]
    reached: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    chart: Mapped[str]
    rules: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    trigger_first: Mapped[date]
    trigger_last: Mapped[date]

    baseline_first: Mapped[date]
    baseline_last: Mapped[date]
    baseline_count: Mapped[int]
    baseline_exposure: Mapped[float]
    baseline_rate: Mapped[float]
    baseline_low: Mapped[float]
    baseline_high: Mapped[float]

    title: Mapped[str] = mapped_column(server_default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    cause_code: Mapped[str | None]
    whys: Mapped[str] = mapped_column(server_default="")
    most: Mapped[float | None]
    check_date: Mapped[date | None]
    comparison_areas: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    acted_on: Mapped[date | None]
    watch_from: Mapped[date | None]
    lesson: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")
    ended_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(server_default="false")

    leaf: Mapped[Leaf] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    accepted_by: Mapped[User | None] = relationship(foreign_keys=[accepted_by_id])
    actions: Mapped[list["ImprovementAction"]] = relationship(back_populates="item", order_by="ImprovementAction.id")
    verdicts: Mapped[list["ImprovementVerdict"]] = relationship(back_populates="item", order_by="ImprovementVerdict.round")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), "known_state"),
        CheckConstraint(one_of("chart", CHARTS), "known_chart"),
        CheckConstraint("most > 0 AND most < 1", "criterion_is_a_fall"),
        CheckConstraint("baseline_first <= baseline_last AND baseline_last < trigger_first AND trigger_first <= trigger_last", "weeks_in_order"),
        CheckConstraint(f"NOT {one_of('state', ACCEPTED)} OR (title <> '' AND owner_id IS NOT NULL AND cause_code IS NOT NULL AND whys <> '' "
                        "AND most IS NOT NULL AND check_date IS NOT NULL AND accepted_by_id IS NOT NULL)", "accepted_with_cause_and_criterion"),
        CheckConstraint("state NOT IN ('waiting', 'verdict', 'standardised') OR (acted_on IS NOT NULL AND watch_from IS NOT NULL)",
                        "acted_before_watched"),
        CheckConstraint("state <> 'standardised' OR lesson <> ''", "standardised_with_lesson"),
        CheckConstraint("state <> 'rejected' OR reason <> ''", "rejected_with_reason"),
        CheckConstraint(f"({one_of('state', ENDED)}) = (ended_at IS NOT NULL)", "ended"),
        Index("uq_improvement_item_one_open", "leaf_code", "area", unique=True, postgresql_where=one_of("state", OPEN)),
        UniqueConstraint("leaf_code", "area", "trigger_last"),
    )

    @property
    def number(self) -> str:
        """What people call it: the year in which it was found, and its number."""
        return f"{self.found_at:%y}-{self.id:03}"

    @property
    def present_actions(self) -> list["ImprovementAction"]:
        """The actions of this round."""
        return [action for action in self.actions if action.round == self.round]

    @property
    def verdict(self) -> "ImprovementVerdict | None":
        """The verdict of this round, once there is one."""
        return next((verdict for verdict in self.verdicts if verdict.round == self.round), None)


class ImprovementTicket(db.Model):
    """A ticket as it was counted, frozen: later changes of its category change no figure of the item."""

    item_id: Mapped[int] = mapped_column(ForeignKey("improvement_item.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    __table_args__ = (CheckConstraint(one_of("period", PERIODS), "known_period"),)


class ImprovementAction(Numbered, db.Model):
    """What somebody does about it, by when, and the day on which it was done."""

    item_id: Mapped[int] = mapped_column(ForeignKey("improvement_item.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    due: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    item: Mapped[ImprovementItem] = relationship(back_populates="actions")
    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    __table_args__ = (CheckConstraint(one_of("kind", ACTION_KINDS), "known_kind"),
                      CheckConstraint("(done_on IS NULL) = (done_by_id IS NULL)", "done_by_somebody"))


class ImprovementVerdict(Numbered, db.Model):
    """What one round achieved, as computed, with every number it rests on; then QA's word. `owner_id` is whose work it was."""

    item_id: Mapped[int] = mapped_column(ForeignKey("improvement_item.id", ondelete="CASCADE"))
    round: Mapped[int]
    at: Mapped[datetime]
    result: Mapped[str]
    reason: Mapped[str]
    most: Mapped[float]
    numbers: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(server_default="")
    item: Mapped[ImprovementItem] = relationship(back_populates="verdicts")
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    __table_args__ = (UniqueConstraint("item_id", "round"),
                      CheckConstraint(one_of("result", RESULTS), "known_result"),
                      CheckConstraint("(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", "confirmed_when"),
                      CheckConstraint("confirmed_by_id <> owner_id", "four_eyes"))


class TrendLook(db.Model):
    """A week whose charts were looked at: how many charts, and how many rose."""

    week: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    charts: Mapped[int]
    rose: Mapped[int]


class AreaWeek(db.Model):
    """How many active shops an area had when a week was looked at: a rate needs the shops of its own week."""

    week: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    retailers: Mapped[int]
    __table_args__ = (CheckConstraint("retailers > 0", "positive"),)

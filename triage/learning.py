"""Learning: a new model from the examples, its scores, and whether it goes live."""
from collections import Counter
from dataclasses import asdict
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func

from catalog import queries as catalog
from catalog.models import Leaf
from core import clock, locks, settings
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from core.settings import Setting
from tickets.models import Ticket
from triage import loaded
from triage.hard import Limits
from triage.models import TriageExample, TriageModel

settings.define(
    Setting("triage_wrong_at_most", "float", 0.03, "triage", _l("Of the complaints dispatched without a person, this share may be wrong (0 to 1)")),
    Setting("triage_short_below", "int", 6, "triage", _l("A complaint of fewer Chinese characters than this waits for a person (an English word counts as one and a half); from the next learning on")),
    Setting("triage_strange_from", "float", 0.4, "triage", _l("A complaint of which this share of the words was never seen waits for a person (0 to 1); from the next learning on")),
    Setting("triage_learn_after", "int", 50, "triage", _l("Learn again after this many decisions by people (or after a day)")),
)
LOCK = "learning"
ENOUGH = 5  # examples of a leaf: cross-validation has as many folds
WORSE_BY = 0.01  # accuracy in cross-validation moves by this much from one draw of folds to another
MODELS_KEPT = 6
A_DAY = timedelta(days=1)


def is_wanted() -> bool:
    """True without a usable model, after enough new decisions, or after a day with any."""
    last = db.session.scalar(db.select(TriageModel).order_by(TriageModel.id.desc()).limit(1))
    if last is None or last.made_with != loaded.made_with():
        return db.session.scalar(db.select(func.count()).select_from(TriageExample)) > 0
    new = db.session.scalar(db.select(func.count()).select_from(TriageExample).where(TriageExample.at > last.made_at))
    return new >= settings.get("triage_learn_after") or new > 0 and clock.now() - last.made_at > A_DAY


def learn(actor: Actor = SYSTEM) -> TriageModel:
    """Train on every example, keep the version with its scores, and make it live unless it is worse than the live one.

    Raises DomainError `too_few_examples` when not even two categories have enough.
    """
    locks.hold(LOCK)
    rows = _examples()
    if len({row.leaf_code for row in rows}) < 2:
        raise DomainError("too_few_examples", _l("Two categories or more need examples before anything can be learned."))
    classifier = loaded.classifier()
    made = classifier.train([row.text for row in rows], [row.leaf_code for row in rows], by_hand(), settings.get("triage_wrong_at_most"),
                            Limits(settings.get("triage_short_below"), settings.get("triage_strange_from")))
    model = TriageModel(made_at=clock.now(), made_with=loaded.made_with(), blob=classifier.dump(made), examples=len(rows),
                        from_people=sum(row.ticket_id is not None for row in rows), scores=asdict(made.scores), confusion=made.confusion,
                        threshold=made.threshold)
    db.session.add(model)
    db.session.flush()
    _judge(model, actor)
    _drop_old()
    return model


def make_live(model: TriageModel, actor: Actor) -> None:
    """Use this version from the next complaint on."""
    db.session.execute(db.update(TriageModel).where(TriageModel.live).values(live=False))
    model.live, model.live_since, model.live_by_id, model.refused = True, clock.now(), actor.id, ""
    db.session.flush()
    record(actor, Did.TRIAGE_MODEL_LIVE, target=str(model.id), accuracy=model.scores["accuracy"], threshold=round(model.threshold, 3))


def by_hand() -> frozenset[str]:
    """Leaves that are never dispatched without a person."""
    return frozenset(leaf.code for leaf in catalog.leaves(active=False) if leaf.by_hand)


def _examples() -> list[TriageExample]:
    """Examples of active leaves, none of a ticket that was sealed since; a leaf with fewer than cross-validation needs is left out."""
    sealed = db.select(Ticket.id).where(Ticket.id == TriageExample.ticket_id, Ticket.sealed)
    rows = list(db.session.scalars(db.select(TriageExample).join(Leaf, Leaf.code == TriageExample.leaf_code)
                                   .where(Leaf.active, ~sealed.exists()).order_by(TriageExample.id)))
    enough = {leaf for leaf, count in Counter(row.leaf_code for row in rows).items() if count >= ENOUGH}
    return [row for row in rows if row.leaf_code in enough]


def _judge(model: TriageModel, actor: Actor) -> None:
    live = db.session.scalar(db.select(TriageModel).where(TriageModel.live, TriageModel.made_with == loaded.made_with()))
    if live is not None and model.scores["accuracy"] < live.scores["accuracy"] - WORSE_BY:
        model.refused = "worse"
        record(actor, Did.TRIAGE_MODEL_REFUSED, target=str(model.id), accuracy=model.scores["accuracy"], live=live.scores["accuracy"])
        return
    make_live(model, actor)


def _drop_old() -> None:
    """Old versions stay as a line with their scores; only the newest can still be made live."""
    newest = db.select(TriageModel.id).order_by(TriageModel.id.desc()).limit(MODELS_KEPT)
    db.session.execute(db.update(TriageModel).where(TriageModel.id.not_in(newest), ~TriageModel.live).values(blob=b""))

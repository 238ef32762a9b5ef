"""The live model in this process: loaded once, and again when another one goes live."""
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

import structlog

from core.db import db
from triage.models import TriageModel

log = structlog.get_logger()
FORM = 2  # one more with every change of triage.reader.Classifier and what it is made of


@dataclass(frozen=True)
class Loaded:
    """A model (triage.reader.Classifier) and the row that it came from."""

    id: int
    classifier: object


_loaded: Loaded | None = None


def classifier() -> ModuleType:
    """The module triage.classifier, imported at first use: scikit-learn costs a second and 150 MB that web processes never need."""
    return import_module("triage.classifier")


@cache
def made_with() -> str:
    """The scikit-learn that is installed and the form in which we keep what it learned; models made otherwise are made anew, never read."""
    return f"{version('scikit-learn')}/{FORM}"


def current() -> Loaded | None:
    """The live model, or None as long as there is none that this installation can read."""
    global _loaded
    live = db.session.scalar(db.select(TriageModel.id).where(TriageModel.live, TriageModel.made_with == made_with()))
    if live is None:
        _loaded = None
    elif _loaded is None or _loaded.id != live:
        _loaded = Loaded(live, classifier().load(db.session.scalar(db.select(TriageModel.blob).filter_by(id=live))))
        log.info("triage_model_loaded", model=live)
    return _loaded


def forget() -> None:
    """Read the live model anew at the next use."""
    global _loaded
    _loaded = None

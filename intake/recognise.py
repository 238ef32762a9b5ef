"""What an arrival is: an ordered list of recognisers, the first that claims it acts on it."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app

from intake.submission import Submission


@dataclass(frozen=True)
class Recogniser:
    """`act` takes a submission and its record, and returns the ticket it acted on (or None); `claims` decides first."""

    name: str
    claims: Callable[[Submission], bool]
    act: Callable


def connect(app, recognisers: Sequence[Recogniser]) -> None:
    """Give the application its recognisers, in order; the last must claim everything."""
    app.extensions["recognisers"] = tuple(recognisers)


def recognise(submission: Submission) -> Recogniser:
    """The first recogniser that claims the submission. LookupError if none does."""
    for recogniser in current_app.extensions["recognisers"]:
        if recogniser.claims(submission):
            return recogniser
    raise LookupError("no recogniser claims this submission")

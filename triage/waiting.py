"""Why a person must look before a complaint is dispatched (pure)."""
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What is known when that is decided."""

    switched_on: bool
    has_model: bool
    sure: bool
    doubts: frozenset[str]  # of triage.reader.Reading
    leaf_by_hand: bool
    sealed: bool
    suspect: bool
    perhaps_noise: bool
    may_continue: bool
    somebody_meant: bool
    several_shops: bool
    possible_double: bool
    came_back: bool
    waited_already: bool
    listen: bool
    unconfirmed: bool
    second_matter: bool


DOUBTS = ("two_views", "short", "strange", "set_aside", "denial")


def _in_doubt(code: str) -> Callable[[Seen], bool]:
    return lambda s: code in s.doubts and not s.leaf_by_hand


REASONS = {
    "switched_off": lambda s: not s.switched_on,
    "no_model": lambda s: not s.has_model and not s.listen,  # of a recording nothing is proposed, with or without a model
    "sealed": lambda s: s.sealed,
    "by_hand": lambda s: s.has_model and s.leaf_by_hand,
    "unsure": lambda s: s.has_model and not s.leaf_by_hand and not s.sure,
    **{code: _in_doubt(code) for code in DOUBTS},
    "suspect": lambda s: s.suspect,
    "perhaps_noise": lambda s: s.perhaps_noise,
    "may_continue": lambda s: s.may_continue,
    "somebody_meant": lambda s: s.somebody_meant,
    "several_shops": lambda s: s.several_shops,
    "possible_double": lambda s: s.possible_double,
    "unconfirmed": lambda s: s.unconfirmed,
    "second_matter": lambda s: s.second_matter,
    "came_back": lambda s: s.came_back,
    "waited_already": lambda s: s.waited_already,  # somebody may have it in hand
    "listen": lambda s: s.listen,
}


def reasons(seen: Seen) -> list[str]:
    """Every reason that holds; none means that the machine may dispatch."""
    return [code for code, holds in REASONS.items() if holds(seen)]

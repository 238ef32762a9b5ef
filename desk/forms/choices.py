"""Pairs of value and words as the choices of a field."""
from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice


def choices(pairs: Iterable[tuple]) -> list[SelectChoice]:
    """The choices of a select or of radio buttons."""
    return [SelectChoice(value, words) for value, words in pairs]

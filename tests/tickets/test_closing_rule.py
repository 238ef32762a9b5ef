"""The rule that closes without a person: every fact it needs, and that each of them counts."""
import pytest

from tickets.closing_rule import FACTS, WAYS, way

ALL = dict.fromkeys(FACTS, True)


@pytest.mark.parametrize(("missing", "found"), [
    ((), "accepted"),  # the retailer's word comes before his silence
    (("unrated", "noticed_twice", "silent_since"), "accepted"),
    (("accepted",), "silent"),
    (("accepted", "noticed_twice"), None),
    (("accepted", "silent_since"), None),
    (("accepted", "unrated"), None),
    (("light",), None),
    (("proposed",), None),
    (("unflagged",), None),
    (FACTS, None),
])
def test_what_is_needed(missing, found):
    assert way(ALL | dict.fromkeys(missing, False)) == found


@pytest.mark.parametrize(("name", "fact"), [(name, fact) for name, needs in WAYS.items() for fact in needs])
def test_each_fact_counts(name, fact):
    alone = dict.fromkeys(FACTS, False) | dict.fromkeys(WAYS[name], True)
    assert way(alone) == name
    assert way(alone | {fact: False}) is None


def test_a_fact_that_nobody_looked_up_is_never_taken_for_true():
    with pytest.raises(KeyError):
        way({"light": True, "proposed": True, "unflagged": True})

"""Who does what in the invented past: whoever the rules of the product let."""
from random import Random
from types import SimpleNamespace

import pytest

from commands.demo.history.people import People, Person
from core.actor import Actor

NAMED = 3


def person(number: int, role: str, near=()) -> Person:
    actor = Actor(kind="staff", id=number, name=str(number), roles=frozenset({role}), teams=frozenset({number}), near=frozenset(near))
    return Person(actor, cap=10, since=0, new=False, skills={})


def matter(*named: int) -> SimpleNamespace:
    return SimpleNamespace(state="received", return_state=None, leaf=None, leaf_code=None, severity="S3", sealed=False, aside=False, team_id=None,
                           assignee_id=None, former_ids=[], named_ids=list(named))


def test_where_the_whole_hotline_must_stand_aside_a_manager_decides():
    people = People([person(1, "hotline", near=[2, NAMED]), person(2, "hotline", near=[1, NAMED]), person(4, "manager")])
    assert people.triager(matter(), Random(1)).id in (1, 2)
    assert people.triager(matter(NAMED), Random(1)).id == 4


def test_where_nobody_is_left_it_says_so():
    people = People([person(1, "hotline", near=[NAMED]), person(4, "manager", near=[NAMED]), person(5, "compliance", near=[NAMED])])
    with pytest.raises(LookupError, match="manager"):
        people.triager(matter(NAMED), Random(1))

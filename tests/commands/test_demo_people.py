"""Who works in the invented past: whom a complaint may name so that somebody is left to decide about it."""
from commands.demo.history.people import People, Person
from core.actor import Actor

NAMED = 9


def person(number: int, role: str, *near: int) -> Person:
    actor = Actor(kind="staff", id=number, name=str(number), roles=frozenset({role}), near=frozenset(near))
    return Person(actor, cap=10, since=0, new=False, skills={})


def test_somebody_of_the_hotline_and_of_compliance_must_be_left():
    outside, hotline, compliance = person(1, "hotline"), person(2, "hotline", NAMED), person(3, "compliance")
    assert People([outside, hotline, compliance]).may_be_named(NAMED)
    assert not People([hotline, compliance]).may_be_named(NAMED)
    assert not People([outside, person(3, "compliance", NAMED)]).may_be_named(NAMED)
    assert not People([outside, compliance]).may_be_named(1)

"""Who may see what: the pure policy, and that the SQL says the same over the whole matrix."""
from itertools import product
from types import SimpleNamespace

import pytest

from catalog.models import Leaf, Team
from core import clock
from core.actor import RETAILER, SYSTEM, Actor
from core.errors import NotFound
from tickets import access, queries
from tickets.models import Ticket

ROLES = ("hotline", "handler", "manager", "qa", "compliance", "liaison", "admin")
LEAVES = (None, "DLV.LATE", "SUP.TIEIN", "SVC.MANNER", "SVC.CONDUCT", "REG.ENFORCE", "REG.LICENCE", "RPT.ILLICIT", "OTH.OTHER")

STATES = ("received", "dispatched", ("needs_info", "received"), ("needs_info", "in_progress"))


def actors(team_ids):
    for number, roles in enumerate([*((role,) for role in ROLES), ("compliance", "manager"), ("liaison", "handler"), ("handler", "manager")]):
        for team in team_ids:
            leads = frozenset({team}) if "manager" in roles else frozenset()
            yield Actor("staff", 9000 + number, "x", frozenset(roles), frozenset({team}), leads)


@pytest.fixture
def tickets(database):
    """One ticket for each leaf, sealed or not: received, in a team's hands, asked by the hotline, asked by its handler."""
    session, made = database.session, []
    for number, (leaf_code, sealed, state) in enumerate(product(LEAVES, (False, True), STATES)):
        state, return_state = state if isinstance(state, tuple) else (state, None)
        leaf = session.get(Leaf, leaf_code) if leaf_code else None
        handled = state == "dispatched" or return_state == "in_progress"
        if leaf is None and handled:
            continue
        made.append(Ticket(case_no=f"9{number:09d}", token=f"t{number}", subject="x", channel="web", received_at=clock.now(), state=state,
                           return_state=return_state, leaf=leaf, sealed=sealed, desired_outcome="goods", team=leaf.team if leaf and handled else None,
                           named_ids=[9001] if number % 5 == 0 else [], severity="S3"))
    session.add_all(made)
    session.flush()
    return made


def test_the_sql_says_what_the_policy_says(database, tickets):
    teams = [team.id for team in database.session.scalars(database.select(Team).order_by(Team.id))]
    compared = 0
    for actor in [*actors(teams), SYSTEM, RETAILER]:
        shown = set(database.session.scalars(database.select(Ticket.id).where(queries.visible(actor))))
        for ticket in tickets:
            assert (ticket.id in shown) == access.can_see(actor, ticket), (actor.roles, ticket.leaf_code, ticket.sealed, ticket.state)
            compared += 1
    assert compared > 1500


def test_sealed_does_not_exist_for_the_others(database, tickets):
    sealed = next(t for t in tickets if t.leaf_code == "RPT.ILLICIT" and t.sealed and not t.named_ids)
    for role in ("hotline", "handler", "manager", "qa", "admin"):
        with pytest.raises(NotFound):
            queries.by_case_no(Actor("staff", 1, "x", frozenset({role})), sealed.case_no)
    assert queries.by_case_no(Actor("staff", 1, "x", frozenset({"liaison"})), sealed.case_no) is sealed


def case(**facts):
    leaf = SimpleNamespace(compliance_copy=False, access=facts.pop("access", "open"), group_code="DLV")
    return SimpleNamespace(**({"leaf": leaf, "leaf_code": "DLV.LATE", "state": "in_progress", "return_state": None, "severity": "S3",
                               "sealed": False, "team_id": 5, "named_ids": [], "aside": False, "assignee_id": None, "confidential": False, "former_ids": []} | facts))


def who(*roles, id=1, team=5, leads=(), certificates=None):
    return Actor("staff", id, "x", frozenset(roles), frozenset({team}), frozenset(leads), certificates or {})


@pytest.mark.parametrize(("actor", "ticket", "sees"), [
    (who("hotline"), case(), True),
    (who("handler", team=6), case(), False),
    (who("handler"), case(), True),
    (who("manager", leads={5}), case(), True),
    (who("manager", team=6, leads={6}), case(), False),
    (who("manager", leads={5}), case(named_ids=[1]), False),
    (who("handler", team=6, id=3), case(assignee_id=3, sealed=True, leaf_code="RPT.MINOR"), True),
    (who("handler", team=6, id=3), case(assignee_id=3, named_ids=[3]), False),
    (who("admin"), case(sealed=True), False),
    (who("compliance"), case(sealed=True, leaf_code="SVC.CONDUCT"), True),
    (who("liaison"), case(sealed=True, leaf_code="SVC.CONDUCT"), False),
    (who("liaison"), case(sealed=True, leaf_code=None), True),
    (who("hotline"), case(access="restricted"), False),
    (who("hotline"), case(access="restricted", state="received"), True),
    (who("hotline"), case(access="restricted", state="needs_info", return_state="received"), True),
    (who("hotline"), case(access="restricted", state="needs_info", return_state="in_progress"), False),
])
def test_seeing(actor, ticket, sees):
    assert access.can_see(actor, ticket) is sees


@pytest.mark.parametrize(("actor", "sees"), [(who("handler"), False), (who("manager", leads={5}), False), (who("qa"), False),
                                             (who("hotline"), True), (who("compliance"), True)])
def test_a_confidential_name_stays_with_hotline_and_compliance(actor, sees):
    assert access.sees_identity(actor, case(confidential=True)) is sees


def test_compliance_alone_is_the_manager_of_what_is_sealed():
    sealed = case(sealed=True, leaf_code="SVC.CONDUCT")
    assert "manager" in access.hats(who("compliance"), sealed)
    assert "manager" not in access.hats(who("manager", "qa", leads={5}), sealed)
    assert "manager" not in access.hats(who("compliance"), case(leaf_code="REG.ENFORCE"))


def test_nobody_reviews_what_he_wrote():
    author = who("manager", id=4, leads={5})
    assert "reviewer" not in access.hats(author, case(state="in_review", assignee_id=9), author_id=4)
    assert "reviewer" in access.hats(author, case(state="in_review", assignee_id=9), author_id=9)


def test_level_four_reviews_in_his_team_only():
    expert = who("handler", id=4, certificates={"DLV": 4})
    assert "reviewer" in access.hats(expert, case(state="in_review", assignee_id=9), author_id=9)
    assert "reviewer" not in access.hats(who("handler", id=4, certificates={"DLV": 3}), case(state="in_review", assignee_id=9), author_id=9)


@pytest.mark.parametrize("leaf", ["SVC.CONDUCT", "RPT.ILLICIT", "REG.ENFORCE"])
def test_compliance_alone_reviews_the_delicate_leaves(leaf):
    ticket = case(leaf_code=leaf, state="in_review", sealed=leaf != "REG.ENFORCE", assignee_id=9)
    assert "reviewer" in access.hats(who("compliance"), ticket, author_id=9)
    assert "reviewer" not in access.hats(who("manager", leads={5}), ticket, author_id=9)

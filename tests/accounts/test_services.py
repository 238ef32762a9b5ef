"""Accounts: the first one, sign-in, changes, leaving; the last administrator stays."""
import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from accounts import passwords, queries, services, sessions
from accounts.models import User
from core.audit import AuditEntry, Did
from core.db import db
from core.errors import DomainError
from tests.builders import PASSWORD, staff, who

pytestmark = pytest.mark.usefixtures("database")


def code_of(call, *args, **kwargs) -> str:
    """The code of the DomainError that a call raises."""
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def traces(action: Did) -> list[AuditEntry]:
    """The audit entries of one kind, oldest first."""
    db.session.flush()
    return list(db.session.scalars(db.select(AuditEntry).filter_by(action=action.value).order_by(AuditEntry.id)))


def test_the_first_administrator_is_made_once():
    assert not queries.exists()
    user = services.create_first_admin("Chen", "chen", PASSWORD, "en")
    assert user.roles == ["admin"]
    assert services.authenticate("CHEN", PASSWORD) is user
    assert code_of(services.create_first_admin, "Other", "other", PASSWORD) == "already_set_up"
    assert db.session.scalar(db.select(db.func.count(User.id))) == 1


def test_sign_in_names_are_unique_whatever_their_case():
    admin = staff("admin", roles=("admin",))
    assert code_of(services.invite, who(admin), " Admin ", "Another") == "login_taken"


@pytest.mark.parametrize(("login", "password"), [("wang", "wrong password"), ("nobody", PASSWORD), ("wang", ""), ("", "")])
def test_a_wrong_name_and_a_wrong_password_fail_alike(login, password):
    staff("wang")
    assert code_of(services.authenticate, login, password) == "wrong_sign_in"


def test_a_failed_sign_in_leaves_a_trace_without_what_was_typed():
    staff("wang")
    for login in ("wang", "my secret password"):
        code_of(services.authenticate, login, "wrong password")
    assert [entry.target for entry in traces(Did.USER_SIGN_IN_FAILED)] == ["wang", ""]


def test_leavers_and_the_invited_cannot_sign_in():
    leaver, invited = staff("leaver"), staff("invited")
    invited.password_hash = None
    services.leave(who(staff(roles=("admin",))), leaver)
    for login in ("leaver", "invited"):
        assert code_of(services.authenticate, login, PASSWORD) == "wrong_sign_in"


def test_an_outdated_hash_is_renewed_at_sign_in():
    user = staff("wang")
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    services.authenticate("wang", PASSWORD)
    assert not passwords.is_outdated(user.password_hash)
    assert passwords.matches(user.password_hash, PASSWORD)


def test_changing_the_password_needs_the_present_one_and_ends_other_sessions():
    user = staff("wang")
    user.must_change_password = True
    tokens = [sessions.sign_in(user, "10.0.0.1", "browser") for _browser in range(2)]
    here = sessions.find(tokens[0]).id
    assert code_of(services.change_password, user, "wrong", "a new harbour", here) == "wrong_password"
    assert code_of(services.change_password, user, PASSWORD, "short", here) == "short_password"
    services.change_password(user, PASSWORD, "a new harbour", here)
    assert not user.must_change_password
    assert [sessions.find(token) is not None for token in tokens] == [True, False]
    assert services.authenticate("wang", "a new harbour") is user


def test_only_what_is_different_is_changed_and_told():
    admin, user = staff(roles=("admin",)), staff("wang", name="Wang")
    assert services.change(who(admin), user, name="Wang", phone="+8613800130000", roles=["handler", "qa"]) == ["phone", "roles"]
    assert services.change(who(admin), user, name="Wang") == []
    told = traces(Did.USER_CHANGED)[-1]
    assert (told.actor_id, told.target) == (admin.id, "wang")
    assert told.detail == {"changed": ["phone", "roles"], "roles": ["handler", "qa"]}


def test_a_password_or_sign_in_name_is_not_changed_by_the_way():
    user = staff()
    for column in ("login", "password_hash", "active", "is_demo"):
        with pytest.raises(ValueError, match=column):
            services.change(who(user), user, **{column: "x"})


def test_the_last_administrator_neither_leaves_nor_loses_the_role():
    one, two = staff(roles=("admin",)), staff(roles=("admin", "manager"))
    services.change(who(one), two, roles=["manager"])
    assert code_of(services.leave, who(two), one) == "last_admin"
    assert code_of(services.change, who(one), one, roles=["handler"]) == "last_admin"
    assert one.active
    assert one.roles == ["admin"]


def test_leaving_ends_sessions_and_stays_as_a_row():
    admin, user = staff(roles=("admin",)), staff("wang")
    token = sessions.sign_in(user, "10.0.0.1", "browser")
    services.leave(who(admin), user)
    assert sessions.find(token) is None
    assert (user.active, user.password_hash) == (False, None)
    assert user.left_at is not None
    assert code_of(services.leave, who(admin), user) == "has_left"


@pytest.mark.parametrize("change", ["create_first_admin", "leave"])
def test_administrators_are_counted_by_one_transaction_at_a_time(app, change):
    admins = [staff(roles=("admin",)) for _one in range(2)]
    calls = {"create_first_admin": lambda: services.create_first_admin("Eve", "eve", PASSWORD),
             "leave": lambda: services.leave(who(admins[0]), admins[1])}
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(hashtext(:space), 0)"), {"space": services.LOCK})
        db.session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            calls[change]()
    engine.dispose()
    db.session.rollback()

"""The database refuses rows that cannot be, whoever writes them."""
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.db import db
from tests.builders import opened, staff, ticket

IMPOSSIBLE = [
    ("received", "state = 'lost'", "known_state"),
    ("received", "state = 'dispatched'", "classified"),
    ("received", "state = 'in_progress', leaf_code = 'DLV.LATE', desired_outcome = 'goods', team_id = 1, signed_at = now()", "worked_on_by_somebody"),
    ("dispatched", "state = 'in_progress'", "signed"),
    ("in_progress", "state = 'answered'", "answered"),
    ("answered", "state = 'closed', ended_at = now(), ended_by_id = {other}, outcome = NULL", "closed_with_reasons"),
    ("answered", "state = 'closed', ended_at = now(), outcome = 'upheld', root_cause = 'rule', remedy = 'x', ended_by_id = assignee_id", "never_closed_by_its_handler"),
    ("answered", "state = 'closed', ended_at = now(), remedy = 'x', ended_by_id = {other}, closed_by_rule = 'silent'", "closed_with_reasons"),
    ("answered", "state = 'closed', ended_at = now(), remedy = 'x', closed_by_rule = 'mood'", "known_closing_rule"),
    ("answered", "closed_by_rule = 'silent'", "known_closing_rule"),
    ("received", "state = 'withdrawn'", "ended"),
    ("received", "ended_at = now()", "ended"),
    ("received", "state = 'merged', ended_at = now()", "merged_into_one"),
    ("received", "state = 'merged', ended_at = now(), merged_into_id = id", "not_into_itself"),
    ("received", "state = 'needs_info'", "asking_knows_the_way_back"),
    ("received", "severity = 'S9'", "known_severity"),
    ("received", "score = 6", "score"),
    ("received", "asks = 3", "within_limits"),
    ("received", "anonymous = true, pin_hash = 'x'", "anonymous"),
    ("dispatched", "named_ids = ARRAY[assignee_id]", "never_to_the_person_named"),
]


@pytest.mark.parametrize(("state", "change", "constraint"), IMPOSSIBLE, ids=[row[2] + str(i) for i, row in enumerate(IMPOSSIBLE)])
def test_refused(database, state, change, constraint):
    made = ticket(state)
    other = staff(certificates={})
    with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
        db.session.execute(text(f"UPDATE ticket SET {change.format(other=other.id)} WHERE id = {made.id}"))
    assert f"ck_ticket_{constraint}" in str(refused.value)


@pytest.mark.parametrize("change", ["raw = '{}'", "received_at = now()", "channel = 'sms'"])
def test_what_came_in_is_never_changed(database, change):
    opened()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text(f"UPDATE intake_record SET {change}"))


@pytest.mark.parametrize("statement", ["DELETE FROM intake_record", "DELETE FROM audit_entry", "UPDATE audit_entry SET action = 'x'"])
def test_what_happened_is_never_removed(database, statement):
    opened()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text(statement))

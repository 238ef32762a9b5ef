"""A ticket may be closed by a rule instead of a person; a standard answer that asks for the score once more."""
import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

REASONS = "state <> 'closed' OR (outcome IS NOT NULL AND root_cause IS NOT NULL AND remedy IS NOT NULL AND {})"
BEFORE = {"closed_with_reasons": REASONS.format("ended_by_id IS NOT NULL"),
          "never_closed_by_its_handler": "state <> 'closed' OR ended_by_id IS DISTINCT FROM assignee_id"}
AFTER = {"closed_with_reasons": REASONS.format("(ended_by_id IS NULL) = (closed_by_rule IS NOT NULL)"),
         "never_closed_by_its_handler": "state <> 'closed' OR ended_by_id IS NULL OR ended_by_id IS DISTINCT FROM assignee_id"}
PURPOSES = ("ack", "ack_anonymous", "ask", "interim", "answer", "decline", "decline_noise", "transfer", "close", "survey",
            "reminder", "extension", "handover")


def upgrade():
    op.add_column('ticket', sa.Column('closed_by_rule', sa.Text(), nullable=True))
    _replace('ticket', AFTER)
    op.create_check_constraint(op.f('ck_ticket_known_closing_rule'), 'ticket',
                               "closed_by_rule IS NULL OR closed_by_rule IN ('accepted', 'silent') AND state = 'closed'")
    _replace('answer', {"known_purpose": _one_of((*PURPOSES, "survey_reminder"))})


def downgrade():
    _replace('answer', {"known_purpose": _one_of(PURPOSES)})
    op.drop_constraint(op.f('ck_ticket_known_closing_rule'), 'ticket')
    _replace('ticket', BEFORE)
    op.drop_column('ticket', 'closed_by_rule')


def _replace(table: str, checks: dict[str, str]) -> None:
    for name, condition in checks.items():
        op.drop_constraint(op.f(f'ck_{table}_{name}'), table)
        op.create_check_constraint(op.f(f'ck_{table}_{name}'), table, condition)


def _one_of(purposes: tuple[str, ...]) -> str:
    return f"purpose IN ({', '.join(repr(purpose) for purpose in purposes)})"

"""Standard words for a text that joins an open case."""
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

PURPOSES = ('ack', 'ack_anonymous', 'ask', 'interim', 'answer', 'decline', 'decline_noise', 'transfer', 'close', 'survey', 'survey_reminder',
            'reminder', 'extension', 'handover', 'opted_in', 'progress', 'no_case', 'help', 'withdraw_ask', 'withdraw_which', 'withdrawn', 'reopened',
            'notice', 'shared_answer', 'close_fast', 'ack_beside')


def upgrade():
    _known((*PURPOSES, 'ack_added'))


def downgrade():
    op.execute("DELETE FROM answer_version USING answer WHERE answer_id = answer.id AND purpose = 'ack_added'")
    op.execute("DELETE FROM answer WHERE purpose = 'ack_added'")
    _known(PURPOSES)


def _known(purposes: tuple[str, ...]) -> None:
    op.drop_constraint(op.f('ck_answer_known_purpose'), 'answer', type_='check')
    op.create_check_constraint(op.f('ck_answer_known_purpose'), 'answer', f"purpose IN ({', '.join(map(repr, purposes))})")

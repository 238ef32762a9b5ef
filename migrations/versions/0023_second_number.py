"""Standard words that explain the number of a second matter; categories of which compliance has a copy."""
import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

PURPOSES = ('ack', 'ack_anonymous', 'ask', 'interim', 'answer', 'decline', 'decline_noise', 'transfer', 'close', 'survey', 'survey_reminder',
            'reminder', 'extension', 'handover', 'opted_in', 'progress', 'no_case', 'help', 'withdraw_ask', 'withdraw_which', 'withdrawn', 'reopened',
            'notice', 'shared_answer', 'close_fast')


def upgrade():
    _known((*PURPOSES, 'ack_beside'))
    op.add_column('leaf', sa.Column('compliance_copy', sa.Boolean(), server_default='false', nullable=False))
    op.execute("UPDATE leaf SET compliance_copy = true WHERE code = 'SUP.TIEIN'")


def downgrade():
    op.drop_column('leaf', 'compliance_copy')
    op.execute("DELETE FROM answer_version USING answer WHERE answer_id = answer.id AND purpose = 'ack_beside'")
    op.execute("DELETE FROM answer WHERE purpose = 'ack_beside'")
    _known(PURPOSES)


def _known(purposes: tuple[str, ...]) -> None:
    op.drop_constraint(op.f('ck_answer_known_purpose'), 'answer', type_='check')
    op.create_check_constraint(op.f('ck_answer_known_purpose'), 'answer', f"purpose IN ({', '.join(map(repr, purposes))})")

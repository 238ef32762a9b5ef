"""Text messages: lists of words, pictures, standard answers to short questions, and what was said to a number of late."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

PURPOSES = ("ack", "ack_anonymous", "ask", "interim", "answer", "decline", "decline_noise", "transfer", "close", "survey",
            "survey_reminder", "reminder", "extension", "handover")
BY_TEXT = ("opted_in", "progress", "no_case", "help", "withdraw_ask", "withdraw_which", "withdrawn", "reopened")


def upgrade():
    op.create_table('text_words',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('words', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_text_words'))
    )
    op.create_table('picture',
    sa.Column('intake_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='announced', nullable=False),
    sa.Column('why', sa.Text(), server_default='', nullable=False),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('announced', 'kept', 'refused', 'told')", name=op.f('ck_picture_known_state')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_picture_attachment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['intake_id'], ['intake_record.id'], name=op.f('fk_picture_intake_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_picture')),
    sa.UniqueConstraint('intake_id', 'place', name=op.f('uq_picture_intake_id_place'))
    )
    op.create_index('ix_picture_waiting', 'picture', ['not_before'], unique=False, postgresql_where=sa.text("state IN ('announced', 'refused')"))
    op.create_index('ix_outbound_message_said', 'outbound_message', ['address', 'created_at'], unique=False)
    _purposes((*PURPOSES, *BY_TEXT))


def downgrade():
    op.execute(f"DELETE FROM answer_version WHERE answer_id IN (SELECT id FROM answer WHERE {_one_of(BY_TEXT)})")
    op.execute(f"DELETE FROM answer WHERE {_one_of(BY_TEXT)}")
    _purposes(PURPOSES)
    op.drop_index('ix_outbound_message_said', table_name='outbound_message')
    op.drop_table('picture')
    op.drop_table('text_words')


def _purposes(known: tuple[str, ...]) -> None:
    op.drop_constraint(op.f('ck_answer_known_purpose'), 'answer')
    op.create_check_constraint(op.f('ck_answer_known_purpose'), 'answer', _one_of(known))


def _one_of(purposes: tuple[str, ...]) -> str:
    return f"purpose IN ({', '.join(repr(purpose) for purpose in purposes)})"

"""Pairs of tickets that may be one matter, earlier tickets that were told again, and up to where each ticket was compared."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'duplicate_pair', sa.Column('first_id', sa.Integer(), nullable=False), sa.Column('second_id', sa.Integer(), nullable=False),
        sa.Column('score', sa.Float(), nullable=False), sa.Column('reasons', postgresql.JSONB(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('first_id < second_id', name=op.f('ck_duplicate_pair_order')),
        sa.CheckConstraint('score BETWEEN 0 AND 1', name=op.f('ck_duplicate_pair_score')),
        sa.ForeignKeyConstraint(['first_id'], ['ticket.id'], name=op.f('fk_duplicate_pair_first_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['second_id'], ['ticket.id'], name=op.f('fk_duplicate_pair_second_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_duplicate_pair')))
    op.create_index(op.f('ix_duplicate_pair_second_id'), 'duplicate_pair', ['second_id'])
    op.create_table(
        'repeat_link', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('earlier_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('ticket_id <> earlier_id', name=op.f('ck_repeat_link_not_itself')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repeat_link_ticket_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['earlier_id'], ['ticket.id'], name=op.f('fk_repeat_link_earlier_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('ticket_id', 'earlier_id', name=op.f('pk_repeat_link')))
    op.create_index(op.f('ix_repeat_link_earlier_id'), 'repeat_link', ['earlier_id'])
    op.create_table(
        'comparison', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('words_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('leaf_code', sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_comparison_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_comparison')))


def downgrade():
    op.drop_table('comparison')
    op.drop_table('repeat_link')
    op.drop_table('duplicate_pair')

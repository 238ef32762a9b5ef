"""Calls: when the machine drew the consequences of an ended one, so that a sweep finds what a lost job left."""
import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('call', sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_call_unsettled', 'call', ['ended_at'], unique=False, postgresql_where='ended_at IS NOT NULL AND settled_at IS NULL')


def downgrade():
    op.drop_index('ix_call_unsettled', table_name='call')
    op.drop_column('call', 'settled_at')

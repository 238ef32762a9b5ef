"""Words out: references for delivery reports, lanes and turns, segments and reasons, ids of registered templates."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('gateway_pace',
    sa.Column('gateway', sa.Text(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('gateway', name=op.f('pk_gateway_pace'))
    )
    op.add_column('outbound_message', sa.Column('reference', sa.Text(), server_default=sa.text("replace(gen_random_uuid()::text, '-', '')"), nullable=False))
    op.add_column('outbound_message', sa.Column('lane', sa.Text(), server_default='single', nullable=False))
    op.add_column('outbound_message', sa.Column('segments', sa.Integer(), server_default='0', nullable=False))
    op.add_column('outbound_message', sa.Column('reason', sa.Text(), server_default='', nullable=False))
    op.add_column('outbound_message', sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f('uq_outbound_message_reference'), 'outbound_message', ['reference'])
    op.create_check_constraint('known_lane', 'outbound_message', "lane IN ('single', 'mass')")
    op.create_index('ix_outbound_message_address', 'outbound_message', ['address', 'claimed_at'], unique=False)
    op.create_index('ix_outbound_message_lost', 'outbound_message', ['created_at'], unique=False, postgresql_where="state IN ('failed', 'unknown')")
    op.add_column('answer_version', sa.Column('provider_ids', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False))


def downgrade():
    op.drop_column('answer_version', 'provider_ids')
    op.drop_index('ix_outbound_message_lost', table_name='outbound_message', postgresql_where="state IN ('failed', 'unknown')")
    op.drop_index('ix_outbound_message_address', table_name='outbound_message')
    op.drop_constraint('known_lane', 'outbound_message', type_='check')
    op.drop_constraint(op.f('uq_outbound_message_reference'), 'outbound_message', type_='unique')
    for column in ('delivered_at', 'reason', 'segments', 'lane', 'reference'):
        op.drop_column('outbound_message', column)
    op.drop_table('gateway_pace')

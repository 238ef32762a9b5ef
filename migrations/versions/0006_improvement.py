"""Improvement items with their tickets, actions and verdicts; the weeks that were looked at, and the shops there were in them."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

OPEN = "state IN ('candidate', 'proposed', 'reopened', 'approved', 'in_action', 'waiting', 'verdict')"
ACCEPTED = ("NOT state IN ('approved', 'in_action', 'waiting', 'verdict', 'standardised') OR (title <> '' AND owner_id IS NOT NULL "
            "AND cause_code IS NOT NULL AND whys <> '' AND most IS NOT NULL AND check_date IS NOT NULL AND accepted_by_id IS NOT NULL)")


def upgrade():
    op.create_table('area_week',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('retailers', sa.Integer(), nullable=False),
    sa.CheckConstraint('retailers > 0', name=op.f('ck_area_week_positive')),
    sa.PrimaryKeyConstraint('week', 'area', name=op.f('pk_area_week'))
    )
    op.create_table('trend_look',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('charts', sa.Integer(), nullable=False),
    sa.Column('rose', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('week', name=op.f('pk_trend_look'))
    )
    op.create_table('improvement_item',
    sa.Column('state', sa.Text(), server_default='candidate', nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('round', sa.Integer(), server_default='1', nullable=False),
    sa.Column('leaf_code', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reached', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('chart', sa.Text(), nullable=False),
    sa.Column('rules', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
    sa.Column('trigger_first', sa.Date(), nullable=False),
    sa.Column('trigger_last', sa.Date(), nullable=False),
    sa.Column('baseline_first', sa.Date(), nullable=False),
    sa.Column('baseline_last', sa.Date(), nullable=False),
    sa.Column('baseline_count', sa.Integer(), nullable=False),
    sa.Column('baseline_exposure', sa.Double(), nullable=False),
    sa.Column('baseline_rate', sa.Double(), nullable=False),
    sa.Column('baseline_low', sa.Double(), nullable=False),
    sa.Column('baseline_high', sa.Double(), nullable=False),
    sa.Column('title', sa.Text(), server_default='', nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('cause_code', sa.Text(), nullable=True),
    sa.Column('whys', sa.Text(), server_default='', nullable=False),
    sa.Column('most', sa.Double(), nullable=True),
    sa.Column('check_date', sa.Date(), nullable=True),
    sa.Column('comparison_areas', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
    sa.Column('accepted_by_id', sa.Integer(), nullable=True),
    sa.Column('acted_on', sa.Date(), nullable=True),
    sa.Column('watch_from', sa.Date(), nullable=True),
    sa.Column('lesson', sa.Text(), server_default='', nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_demo', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('standardised', 'rejected')) = (ended_at IS NOT NULL)", name=op.f('ck_improvement_item_ended')),
    sa.CheckConstraint(ACCEPTED, name=op.f('ck_improvement_item_accepted_with_cause_and_criterion')),
    sa.CheckConstraint("chart IN ('weekly', 'rare')", name=op.f('ck_improvement_item_known_chart')),
    sa.CheckConstraint("state <> 'rejected' OR reason <> ''", name=op.f('ck_improvement_item_rejected_with_reason')),
    sa.CheckConstraint("state <> 'standardised' OR lesson <> ''", name=op.f('ck_improvement_item_standardised_with_lesson')),
    sa.CheckConstraint("state IN ('candidate', 'proposed', 'reopened', 'approved', 'in_action', 'waiting', 'verdict', 'standardised', 'rejected')",
                       name=op.f('ck_improvement_item_known_state')),
    sa.CheckConstraint("state NOT IN ('waiting', 'verdict', 'standardised') OR (acted_on IS NOT NULL AND watch_from IS NOT NULL)",
                       name=op.f('ck_improvement_item_acted_before_watched')),
    sa.CheckConstraint('baseline_first <= baseline_last AND baseline_last < trigger_first AND trigger_first <= trigger_last',
                       name=op.f('ck_improvement_item_weeks_in_order')),
    sa.CheckConstraint('most > 0 AND most < 1', name=op.f('ck_improvement_item_criterion_is_a_fall')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['user.id'], name=op.f('fk_improvement_item_accepted_by_id')),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_improvement_item_leaf_code')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_improvement_item_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_item')),
    sa.UniqueConstraint('leaf_code', 'area', 'trigger_last', name=op.f('uq_improvement_item_leaf_code_area_trigger_last'))
    )
    op.create_index('uq_improvement_item_one_open', 'improvement_item', ['leaf_code', 'area'], unique=True, postgresql_where=OPEN)
    op.create_table('improvement_action',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('rule', 'system', 'supply', 'notice', 'training', 'staffing', 'supervision', 'template')",
                       name=op.f('ck_improvement_action_known_kind')),
    sa.CheckConstraint('(done_on IS NULL) = (done_by_id IS NULL)', name=op.f('ck_improvement_action_done_by_somebody')),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_improvement_action_done_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_improvement_action_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_improvement_action_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_action'))
    )
    op.create_index(op.f('ix_improvement_action_item_id'), 'improvement_action', ['item_id'], unique=False)
    op.create_table('improvement_ticket',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Text(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.CheckConstraint("period IN ('baseline', 'signal', 'before', 'after', 'others_before', 'others_after')",
                       name=op.f('ck_improvement_ticket_known_period')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_improvement_ticket_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_improvement_ticket_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('item_id', 'ticket_id', 'period', 'round', name=op.f('pk_improvement_ticket'))
    )
    op.create_index(op.f('ix_improvement_ticket_ticket_id'), 'improvement_ticket', ['ticket_id'], unique=False)
    op.create_table('improvement_verdict',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('most', sa.Double(), nullable=False),
    sa.Column('numbers', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("result IN ('effective', 'partly', 'not_effective', 'inconclusive')", name=op.f('ck_improvement_verdict_known_result')),
    sa.CheckConstraint('(confirmed_by_id IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_improvement_verdict_confirmed_when')),
    sa.CheckConstraint('confirmed_by_id <> owner_id', name=op.f('ck_improvement_verdict_four_eyes')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user.id'], name=op.f('fk_improvement_verdict_confirmed_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_improvement_verdict_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_improvement_verdict_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_verdict')),
    sa.UniqueConstraint('item_id', 'round', name=op.f('uq_improvement_verdict_item_id_round'))
    )


def downgrade():
    op.drop_table('improvement_verdict')
    op.drop_index(op.f('ix_improvement_ticket_ticket_id'), table_name='improvement_ticket')
    op.drop_table('improvement_ticket')
    op.drop_index(op.f('ix_improvement_action_item_id'), table_name='improvement_action')
    op.drop_table('improvement_action')
    op.drop_index('uq_improvement_item_one_open', table_name='improvement_item')
    op.drop_table('improvement_item')
    op.drop_table('trend_look')
    op.drop_table('area_week')

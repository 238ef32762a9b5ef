"""Promises of time: seasons of the calendar, levels of escalation and their rules, demands of managers, the retailer's urging."""
import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

KINDS = ('triage', 'sign', 'contact', 'update', 'resolve', 'callback', 'info')
CHANNELS = "'web', 'sms', 'phone', 'visit', 'counter', 'email', 'file'"


def upgrade():
    _calendar()
    _rules()
    _demands()
    _known_kinds(('ack', *KINDS, 'demand'))
    op.add_column('ticket', sa.Column('urgings', sa.Integer(), server_default='0', nullable=False))
    op.create_table(
        'urging', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('channel', sa.Text(), nullable=False), sa.Column('by_id', sa.Integer(), nullable=True), sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint(f"channel IN ({CHANNELS})", name=op.f('ck_urging_known_channel')),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_urging_by_id')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_urging_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_urging')))
    op.create_index(op.f('ix_urging_ticket_id'), 'urging', ['ticket_id'], unique=False)


def _calendar():
    op.create_table(
        'work_season', sa.Column('starts', sa.Date(), nullable=False), sa.Column('ends', sa.Date(), nullable=False),
        sa.Column('name_zh', sa.Text(), server_default='', nullable=False), sa.Column('name_en', sa.Text(), server_default='', nullable=False),
        sa.Column('id', sa.Integer(), nullable=False), sa.CheckConstraint('ends >= starts', name=op.f('ck_work_season_order')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_work_season')))
    op.add_column('work_hours', sa.Column('season_id', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_work_hours_season_id'), 'work_hours', ['season_id'], unique=False)
    op.create_foreign_key(op.f('fk_work_hours_season_id'), 'work_hours', 'work_season', ['season_id'], ['id'], ondelete='CASCADE')


def _rules():
    op.create_table(
        'escalation_rule', sa.Column('clock', sa.Text(), nullable=False), sa.Column('level', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('percent', sa.Integer(), nullable=False), sa.CheckConstraint('level BETWEEN 1 AND 3', name=op.f('ck_escalation_rule_level')),
        sa.CheckConstraint('percent BETWEEN 100 AND 1000', name=op.f('ck_escalation_rule_percent')),
        sa.PrimaryKeyConstraint('clock', 'level', name=op.f('pk_escalation_rule')))
    # What held until now: a clock that is over raises its ticket to level 1. An installation that has rules of its time keeps that.
    op.execute("INSERT INTO escalation_rule (clock, level, percent) SELECT DISTINCT clock, 1, 100 FROM sla_rule")
    op.execute("INSERT INTO sla_rule (severity, clock, minutes, working) SELECT DISTINCT severity, 'ack', 1, false FROM sla_rule")
    op.create_table(
        'escalation', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('level', sa.Integer(), nullable=False),
        sa.Column('why', sa.Text(), nullable=False), sa.Column('cause', sa.Text(), server_default='', nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False), sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False), sa.CheckConstraint('level BETWEEN 1 AND 3', name=op.f('ck_escalation_level')),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_escalation_by_id')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_escalation_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation')),
        sa.UniqueConstraint('ticket_id', 'why', 'cause', 'level', name=op.f('uq_escalation_ticket_id_why_cause_level')))
    # Clocks that were over before have told the team's lead already.
    op.execute("INSERT INTO escalation (ticket_id, level, why, cause, at) SELECT ticket_id, 1, kind, id::text, breached_at FROM clock "
               "WHERE breached_at IS NOT NULL AND stopped_at IS NULL AND kind <> 'info'")


def _demands():
    op.create_table(
        'demand', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('text', sa.Text(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False), sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=False), sa.Column('answer', sa.Text(), server_default='', nullable=False),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True), sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True), sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(answered_at IS NULL) = (answered_by_id IS NULL)', name=op.f('ck_demand_answered_by_somebody')),
        sa.CheckConstraint('answered_at IS NULL OR lifted_at IS NULL', name=op.f('ck_demand_answered_or_lifted')),
        sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_demand_answered_by_id')),
        sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_demand_made_by_id')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_demand_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_demand')))
    op.create_index(op.f('ix_demand_ticket_id'), 'demand', ['ticket_id'], unique=False)
    op.create_index('uq_demand_one_open', 'demand', ['ticket_id'], unique=True, postgresql_where='answered_at IS NULL AND lifted_at IS NULL')


def _known_kinds(kinds):
    op.drop_constraint(op.f('ck_clock_known_kind'), 'clock', type_='check')
    op.create_check_constraint(op.f('ck_clock_known_kind'), 'clock', f"kind IN ({', '.join(repr(kind) for kind in kinds)})")


def downgrade():
    op.drop_table('urging')
    op.drop_column('ticket', 'urgings')
    op.execute("DELETE FROM clock WHERE kind IN ('ack', 'demand')")
    op.execute("DELETE FROM sla_rule WHERE clock = 'ack'")
    _known_kinds(KINDS)
    op.drop_table('demand')
    op.drop_table('escalation')
    op.drop_table('escalation_rule')
    op.execute("DELETE FROM work_hours WHERE season_id IS NOT NULL")
    op.drop_constraint(op.f('fk_work_hours_season_id'), 'work_hours', type_='foreignkey')
    op.drop_index(op.f('ix_work_hours_season_id'), 'work_hours')
    op.drop_column('work_hours', 'season_id')
    op.drop_table('work_season')

"""Reports are passed on within a time of their own, light matters may be settled fast; returns have a reason, calls in vain are counted."""
import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

KINDS = ('ack', 'triage', 'sign', 'contact', 'update', 'resolve', 'callback', 'info', 'demand')
PURPOSES = ('ack', 'ack_anonymous', 'ask', 'interim', 'answer', 'decline', 'decline_noise', 'transfer', 'close', 'survey', 'survey_reminder', 'reminder',
            'extension', 'handover', 'opted_in', 'progress', 'no_case', 'help', 'withdraw_ask', 'withdraw_which', 'withdrawn', 'reopened', 'notice',
            'shared_answer')


def upgrade():
    _known('clock', 'kind', (*KINDS, 'pass_on', 'fast'))
    _known('answer', 'purpose', (*PURPOSES, 'close_fast'))
    _rules()
    _returns()
    op.create_table(
        'call_try', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False), sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_call_try_by_id')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_call_try_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_try')))
    op.create_index(op.f('ix_call_try_ticket_id'), 'call_try', ['ticket_id'], unique=False)


def _rules():
    # An installation that has rules of its time gets these too; one that is new gets all of them from its pack.
    severities = "FROM (SELECT DISTINCT severity FROM sla_rule) AS known"
    op.execute(f"INSERT INTO sla_rule (severity, clock, minutes, working) SELECT severity, 'pass_on', CASE severity WHEN 'S1' THEN 10 ELSE 120 END, "
               f"severity <> 'S1' {severities}")
    op.execute(f"INSERT INTO sla_rule (severity, clock, minutes, working) SELECT severity, 'fast', 1440, true {severities} WHERE severity IN ('S3', 'S4')")
    op.execute("INSERT INTO escalation_rule (clock, level, percent) SELECT 'pass_on', level, percent FROM (VALUES (1, 100), (2, 150), (3, 200)) "
               "AS levels (level, percent) WHERE EXISTS (SELECT FROM escalation_rule)")


def _returns():
    op.create_table(
        'ticket_return', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False), sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('evidence', sa.Text(), nullable=False), sa.Column('leaf_from', sa.Text(), nullable=True),
        sa.Column('team_id', sa.Integer(), nullable=True), sa.Column('leaf_code', sa.Text(), nullable=True),
        sa.Column('owner_id', sa.Integer(), nullable=True), sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> '' AND evidence <> ''", name=op.f('ck_ticket_return_with_grounds')),
        sa.CheckConstraint('owner_id <> by_id', name=op.f('ck_ticket_return_to_another')),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_ticket_return_by_id')),
        sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_ticket_return_leaf_code')),
        sa.ForeignKeyConstraint(['leaf_from'], ['leaf.code'], name=op.f('fk_ticket_return_leaf_from')),
        sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_ticket_return_owner_id')),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_ticket_return_team_id')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_return_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_return')))
    op.create_index(op.f('ix_ticket_return_ticket_id'), 'ticket_return', ['ticket_id'], unique=False)
    op.create_index('ix_ticket_return_at', 'ticket_return', ['at'], unique=False)


def _known(table, column, values):
    name = op.f(f'ck_{table}_known_{column}')
    op.drop_constraint(name, table, type_='check')
    op.create_check_constraint(name, table, f"{column} IN ({', '.join(repr(value) for value in values)})")


def downgrade():
    op.drop_table('call_try')
    op.drop_table('ticket_return')
    op.execute("DELETE FROM clock WHERE kind IN ('pass_on', 'fast')")
    op.execute("UPDATE ticket SET due_at = NULL, due_kind = NULL WHERE due_kind = 'pass_on'")
    op.execute("DELETE FROM sla_rule WHERE clock IN ('pass_on', 'fast')")
    op.execute("DELETE FROM escalation_rule WHERE clock = 'pass_on'")
    op.execute("DELETE FROM answer_version USING answer WHERE answer_id = answer.id AND purpose = 'close_fast'")
    op.execute("DELETE FROM answer WHERE purpose = 'close_fast'")
    _known('answer', 'purpose', PURPOSES)
    _known('clock', 'kind', KINDS)

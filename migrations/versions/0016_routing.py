"""Who gets it: shifts on call, stand-ins, areas and superiors of people, who served a shop before, declared relations, who took a disputed decision."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

NOW = sa.text('now()')


def upgrade():
    op.add_column('user', sa.Column('superior_id', sa.Integer(), nullable=True))
    op.create_foreign_key('fk_user_superior_id', 'user', 'user', ['superior_id'], ['id'], ondelete='SET NULL')
    op.create_check_constraint(op.f('ck_user_not_his_own_superior'), 'user', 'superior_id <> id')
    op.add_column('membership', sa.Column('areas', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False))
    op.add_column('leave', sa.Column('stand_in_id', sa.Integer(), nullable=True))
    op.add_column('leave', sa.Column('entered_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False))
    op.create_foreign_key('fk_leave_stand_in_id', 'leave', 'user', ['stand_in_id'], ['id'], ondelete='SET NULL')
    op.create_check_constraint(op.f('ck_leave_by_another'), 'leave', 'stand_in_id <> user_id')
    op.add_column('ticket', sa.Column('decider_ids', sa.ARRAY(sa.Integer()), server_default='{}', nullable=False))
    _shifts()
    _former_services()
    _relations()


def _shifts():
    op.create_table(
        'duty_shift',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=True),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_duty_shift_order')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_duty_shift_user_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_duty_shift_team_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_shift')))
    op.create_index(op.f('ix_duty_shift_user_id'), 'duty_shift', ['user_id'])
    op.create_index('ix_duty_shift_ends_at', 'duty_shift', ['ends_at'])


def _former_services():
    op.create_table(
        'former_service',
        sa.Column('retailer_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('account_manager', 'tele_orderer', 'deliverer', 'inspector')", name=op.f('ck_former_service_known_role')),
        sa.ForeignKeyConstraint(['retailer_id'], ['retailer.id'], name=op.f('fk_former_service_retailer_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_former_service_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_former_service')))
    op.create_index(op.f('ix_former_service_retailer_id'), 'former_service', ['retailer_id'])


def _relations():
    op.create_table(
        'relation',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('retailer_id', sa.Integer(), nullable=True),
        sa.Column('colleague_id', sa.Integer(), nullable=True),
        sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(retailer_id IS NULL) <> (colleague_id IS NULL)', name=op.f('ck_relation_to_one')),
        sa.CheckConstraint('colleague_id <> user_id', name=op.f('ck_relation_to_another')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_relation_user_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['retailer_id'], ['retailer.id'], name=op.f('fk_relation_retailer_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['colleague_id'], ['user.id'], name=op.f('fk_relation_colleague_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_relation')))
    for column in ('user_id', 'retailer_id', 'colleague_id'):
        op.create_index(op.f(f'ix_relation_{column}'), 'relation', [column])
    for other in ('retailer', 'colleague'):
        op.create_index(f'uq_relation_open_{other}', 'relation', ['user_id', f'{other}_id'], unique=True,
                        postgresql_where=sa.text(f'ended_at IS NULL AND {other}_id IS NOT NULL'))


def downgrade():
    for table in ('relation', 'former_service', 'duty_shift'):
        op.drop_table(table)
    op.drop_column('ticket', 'decider_ids')
    op.drop_constraint(op.f('ck_leave_by_another'), 'leave', type_='check')
    op.drop_column('leave', 'entered_at')
    op.drop_column('leave', 'stand_in_id')
    op.drop_column('membership', 'areas')
    op.drop_constraint(op.f('ck_user_not_his_own_superior'), 'user', type_='check')
    op.drop_column('user', 'superior_id')

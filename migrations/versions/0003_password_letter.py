"""Letters with a link to set a password: one row each, so that a lost one is found."""
import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('password_letter',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='wanted', nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('wanted', 'sent', 'failed')", name=op.f('ck_password_letter_known_state')),
    sa.CheckConstraint("purpose IN ('invite', 'reset')", name=op.f('ck_password_letter_known_purpose')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_password_letter_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_letter'))
    )
    op.create_index(op.f('ix_password_letter_user_id'), 'password_letter', ['user_id'])


def downgrade():
    op.drop_table('password_letter')

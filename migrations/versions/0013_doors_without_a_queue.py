"""Counts of a door spread over rows, so that requests do not wait for each other; an index to see how full the quarantine is."""
import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('door_count', sa.Column('slot', sa.SmallInteger(), server_default='0', nullable=False))
    op.drop_constraint('pk_door_count', 'door_count', type_='primary')
    op.create_primary_key('pk_door_count', 'door_count', ['day', 'door', 'slot'])
    op.create_index('ix_quarantined_waiting', 'quarantined', ['why'], unique=False, postgresql_where="state = 'waiting'")


def downgrade():
    op.drop_index('ix_quarantined_waiting', 'quarantined')
    op.execute("CREATE TEMP TABLE whole ON COMMIT DROP AS SELECT day, door, sum(taken) AS taken, sum(refused) AS refused, "
               "sum(dropped) AS dropped FROM door_count GROUP BY day, door")
    op.execute("DELETE FROM door_count")
    op.drop_constraint('pk_door_count', 'door_count', type_='primary')
    op.drop_column('door_count', 'slot')
    op.create_primary_key('pk_door_count', 'door_count', ['day', 'door'])
    op.execute("INSERT INTO door_count (day, door, taken, refused, dropped) SELECT * FROM whole")

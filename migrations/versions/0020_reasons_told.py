"""Why two tickets may be one matter is told from their words when it is shown; nothing of a text is kept with the pair."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column('duplicate_pair', 'reasons')


def downgrade():
    op.add_column('duplicate_pair', sa.Column('reasons', postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False))

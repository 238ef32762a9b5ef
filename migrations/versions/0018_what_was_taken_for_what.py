"""What each version of triage took the examples of a category for."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0018'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('triage_model', sa.Column('confusion', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False))


def downgrade():
    op.drop_column('triage_model', 'confusion')

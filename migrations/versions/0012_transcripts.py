"""Transcripts: the original never changes, they go with their raw record; the dictionary of what is misheard."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0010'
branch_labels = None
depends_on = None

# As for raw records: removing noise after its time and removing the demo go through `SET LOCAL redress.purge = 'on'`.
GUARDS = """
CREATE TRIGGER transcript_original BEFORE UPDATE ON transcript FOR EACH ROW
    WHEN (OLD.original IS DISTINCT FROM NEW.original OR OLD.source IS DISTINCT FROM NEW.source OR OLD.at IS DISTINCT FROM NEW.at)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transcript_kept BEFORE DELETE ON transcript FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
INTAKE = 'fk_transcript_intake_id'


def upgrade():
    op.execute(GUARDS)
    op.drop_constraint(INTAKE, 'transcript', type_='foreignkey')
    op.create_foreign_key(INTAKE, 'transcript', 'intake_record', ['intake_id'], ['id'], ondelete='CASCADE')
    op.create_table('dictionary_term',
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('domain', sa.Text(), nullable=False),
    sa.Column('meant', sa.Text(), nullable=False),
    sa.Column('heard', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("domain IN ('supply', 'ordering', 'payment', 'delivery', 'quality', 'service', 'rules', 'goods', 'talk')", name=op.f('ck_dictionary_term_known_domain')),
    sa.CheckConstraint("language IN ('zh', 'en')", name=op.f('ck_dictionary_term_known_language')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dictionary_term')),
    sa.UniqueConstraint('language', 'meant', name=op.f('uq_dictionary_term_language_meant'))
    )


def downgrade():
    op.drop_table('dictionary_term')
    op.drop_constraint(INTAKE, 'transcript', type_='foreignkey')
    op.create_foreign_key(INTAKE, 'transcript', 'intake_record', ['intake_id'], ['id'])
    op.execute("DROP TRIGGER transcript_kept ON transcript; DROP TRIGGER transcript_original ON transcript")

"""What the machine learned from, what it learned, what it proposes; leaves that are never dispatched without a person."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
NO_WORDS = sa.text("'{}'::text[]")


def upgrade():
    op.add_column('leaf', sa.Column('automatic', sa.Boolean(), server_default='true', nullable=False))
    op.execute("UPDATE leaf SET automatic = false WHERE code IN ('OTH.NOISE', 'OTH.OTHER')")
    _cues()
    _examples()
    _models()
    _proposals()


def _cues():
    op.create_table(
        'triage_cue',
        sa.Column('kind', sa.Text(), nullable=False), sa.Column('code', sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), server_default='', nullable=False) for name in ('name_zh', 'name_en', 'severity', 'when')),
        *(sa.Column(name, ARRAY(sa.Text()), server_default=NO_WORDS, nullable=False) for name in ('words', 'leaves')),
        sa.Column('position', sa.Integer(), server_default='0', nullable=False),
        sa.CheckConstraint("kind IN ('severity', 'outcome')", name=op.f('ck_triage_cue_known_kind')),
        sa.CheckConstraint("kind = 'outcome' OR severity IN ('S1', 'S2', 'S3', 'S4')", name=op.f('ck_triage_cue_known_severity')),
        sa.PrimaryKeyConstraint('kind', 'code', name=op.f('pk_triage_cue')))


def _examples():
    op.create_table(
        'triage_example',
        sa.Column('text', sa.Text(), nullable=False), sa.Column('leaf_code', sa.Text(), nullable=False),
        sa.Column('ticket_id', sa.Integer(), nullable=True), sa.Column('corrects', sa.Text(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=True), sa.Column('at', TIME, nullable=False), sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_triage_example_leaf_code')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_triage_example_ticket_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_triage_example_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_triage_example')),
        sa.UniqueConstraint('ticket_id', name=op.f('uq_triage_example_ticket_id')))
    op.create_index(op.f('ix_triage_example_leaf_code'), 'triage_example', ['leaf_code'])
    op.create_index('uq_triage_example_pack_text', 'triage_example', [sa.text('md5(text)')], unique=True, postgresql_where='ticket_id IS NULL')


def _models():
    op.create_table(
        'triage_model',
        sa.Column('made_at', TIME, nullable=False), sa.Column('made_with', sa.Text(), nullable=False),
        sa.Column('blob', sa.LargeBinary(), nullable=False),
        sa.Column('size', sa.Integer(), sa.Computed('octet_length(blob)', persisted=True), nullable=False),
        sa.Column('examples', sa.Integer(), nullable=False),
        sa.Column('from_people', sa.Integer(), nullable=False), sa.Column('scores', JSONB(), nullable=False),
        sa.Column('threshold', sa.Float(), nullable=False), sa.Column('live', sa.Boolean(), server_default='false', nullable=False),
        sa.Column('live_since', TIME, nullable=True), sa.Column('live_by_id', sa.Integer(), nullable=True),
        sa.Column('refused', sa.Text(), server_default='', nullable=False), sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['live_by_id'], ['user.id'], name=op.f('fk_triage_model_live_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_triage_model')))
    op.create_index('uq_triage_model_one_live', 'triage_model', ['live'], unique=True, postgresql_where='live')


def _proposals():
    op.create_table(
        'triage_proposal',
        sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('model_id', sa.Integer(), nullable=True),
        sa.Column('at', TIME, nullable=False), sa.Column('ranking', JSONB(), nullable=False), sa.Column('severity', sa.Text(), nullable=True),
        sa.Column('hits', JSONB(), nullable=False), sa.Column('facts', JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column('outcome', sa.Text(), server_default='none', nullable=False),
        sa.Column('waits', ARRAY(sa.Text()), server_default=NO_WORDS, nullable=False),
        sa.Column('automatic', sa.Boolean(), server_default='false', nullable=False), sa.Column('decided_leaf', sa.Text(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True), sa.Column('decided_at', TIME, nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_triage_proposal_ticket_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['model_id'], ['triage_model.id'], name=op.f('fk_triage_proposal_model_id')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_triage_proposal_decided_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_triage_proposal')),
        sa.UniqueConstraint('ticket_id', name=op.f('uq_triage_proposal_ticket_id')))
    op.create_index('ix_triage_proposal_at', 'triage_proposal', ['at'])


def downgrade():
    for table in ('triage_proposal', 'triage_model', 'triage_example', 'triage_cue'):
        op.drop_table(table)
    op.drop_column('leaf', 'automatic')

"""The hotline: what knocked at the doors, calls, recordings, transcripts, reconciliations; senders and parts of arrivals."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('door_count',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('door', sa.Text(), nullable=False),
    sa.Column('taken', sa.Integer(), server_default='0', nullable=False),
    sa.Column('refused', sa.Integer(), server_default='0', nullable=False),
    sa.Column('dropped', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('day', 'door', name=op.f('pk_door_count'))
    )
    op.create_table('reconciliation',
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen', sa.Integer(), server_default='0', nullable=False),
    sa.Column('admitted', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reconciliation'))
    )
    op.create_index('ix_reconciliation_began_at', 'reconciliation', ['provider', 'began_at'], unique=False)
    op.create_table('quarantined',
    sa.Column('door', sa.Text(), nullable=False),
    sa.Column('rest', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('remote', sa.Text(), nullable=False),
    sa.Column('headers', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('cut', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f('ck_quarantined_decided_when')),
    sa.CheckConstraint("state IN ('waiting', 'admitted', 'discarded')", name=op.f('ck_quarantined_known_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_quarantined_decided_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quarantined'))
    )
    op.create_index('ix_quarantined_at', 'quarantined', ['at'], unique=False)
    op.create_table('call',
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('sid', sa.Text(), nullable=False),
    sa.Column('caller', sa.Text(), server_default='', nullable=False),
    sa.Column('dialled', sa.Text(), server_default='', nullable=False),
    sa.Column('language', sa.Text(), server_default='zh', nullable=False),
    sa.Column('state', sa.Text(), server_default='menu', nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('retailer_id', sa.Integer(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waiting_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('draft', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('draft_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('filed_as', sa.Text(), nullable=True),
    sa.Column('filed_by_id', sa.Integer(), nullable=True),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('intake_id', sa.Integer(), nullable=True),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('meta', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('is_demo', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f('ck_call_ended')),
    sa.CheckConstraint("filed_as IN ('ticket', 'linked', 'noise', 'nothing')", name=op.f('ck_call_known_filing')),
    sa.CheckConstraint("outcome IN ('answered', 'message', 'callback', 'self_served', 'missed', 'abandoned')", name=op.f('ck_call_known_outcome')),
    sa.CheckConstraint("state <> 'talking' OR answered_at IS NOT NULL", name=op.f('ck_call_talking_since')),
    sa.CheckConstraint("state IN ('menu', 'waiting', 'talking', 'message', 'ended')", name=op.f('ck_call_known_state')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_call_answered_by_id')),
    sa.ForeignKeyConstraint(['filed_by_id'], ['user.id'], name=op.f('fk_call_filed_by_id')),
    sa.ForeignKeyConstraint(['intake_id'], ['intake_record.id'], name=op.f('fk_call_intake_id')),
    sa.ForeignKeyConstraint(['retailer_id'], ['retailer.id'], name=op.f('fk_call_retailer_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_call_ticket_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('provider', 'sid', name=op.f('uq_call_provider_sid'))
    )
    op.create_index('ix_call_began_at', 'call', ['began_at'], unique=False)
    op.create_index(op.f('ix_call_intake_id'), 'call', ['intake_id'], unique=False)
    op.create_index('ix_call_open', 'call', ['state'], unique=False, postgresql_where="state <> 'ended'")
    op.create_index(op.f('ix_call_retailer_id'), 'call', ['retailer_id'], unique=False)
    op.create_index(op.f('ix_call_ticket_id'), 'call', ['ticket_id'], unique=False)
    op.create_table('recording',
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('sid', sa.Text(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), server_default='announced', nullable=False),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('deleted_there_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'stored') = (attachment_id IS NOT NULL)", name=op.f('ck_recording_stored')),
    sa.CheckConstraint("state IN ('announced', 'stored', 'gone', 'removed')", name=op.f('ck_recording_known_state')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_recording_attachment_id')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_recording_call_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recording')),
    sa.UniqueConstraint('provider', 'sid', name=op.f('uq_recording_provider_sid'))
    )
    op.create_index('ix_recording_announced', 'recording', ['at'], unique=False, postgresql_where="state = 'announced'")
    op.create_index(op.f('ix_recording_call_id'), 'recording', ['call_id'], unique=False)
    op.create_table('speech',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('speaker', sa.Text(), server_default='caller', nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Double(), nullable=True),
    sa.Column('words', postgresql.JSONB(astext_type=sa.Text()), server_default='[]', nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('confidence BETWEEN 0 AND 1', name=op.f('ck_speech_confidence')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_speech_call_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speech')),
    sa.UniqueConstraint('call_id', 'external_id', name=op.f('uq_speech_call_id_external_id'))
    )
    op.create_index(op.f('ix_speech_call_id'), 'speech', ['call_id'], unique=False)
    op.create_table('transcript',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('format', sa.Text(), nullable=False),
    sa.Column('filename', sa.Text(), server_default='', nullable=False),
    sa.Column('language', sa.Text(), server_default='zh', nullable=False),
    sa.Column('original', sa.Text(), nullable=False),
    sa.Column('turns', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('marks', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('call_id', sa.Integer(), nullable=True),
    sa.Column('intake_id', sa.Integer(), nullable=True),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("source IN ('upload', 'paste', 'call')", name=op.f('ck_transcript_known_source')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_transcript_by_id')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_transcript_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['intake_id'], ['intake_record.id'], name=op.f('fk_transcript_intake_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_transcript_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transcript')),
    sa.UniqueConstraint('intake_id', name=op.f('uq_transcript_intake_id'))
    )
    op.create_index(op.f('ix_transcript_call_id'), 'transcript', ['call_id'], unique=False)
    op.create_index(op.f('ix_transcript_ticket_id'), 'transcript', ['ticket_id'], unique=False)
    op.add_column('intake_record', sa.Column('sender', sa.Text(), nullable=True))
    op.add_column('intake_record', sa.Column('not_before', sa.DateTime(timezone=True), nullable=True))
    op.add_column('intake_record', sa.Column('joined_to_id', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_intake_record_joined_to_id'), 'intake_record', ['joined_to_id'], unique=False)
    op.create_index('ix_intake_record_sender', 'intake_record', ['sender', 'received_at'], unique=False)
    op.create_foreign_key(op.f('fk_intake_record_joined_to_id'), 'intake_record', 'intake_record', ['joined_to_id'], ['id'])
    op.create_check_constraint('not_to_itself', 'intake_record', 'joined_to_id <> id')


def downgrade():
    op.drop_constraint('not_to_itself', 'intake_record', type_='check')
    op.drop_constraint(op.f('fk_intake_record_joined_to_id'), 'intake_record', type_='foreignkey')
    op.drop_index('ix_intake_record_sender', table_name='intake_record')
    op.drop_index(op.f('ix_intake_record_joined_to_id'), table_name='intake_record')
    op.drop_column('intake_record', 'joined_to_id')
    op.drop_column('intake_record', 'not_before')
    op.drop_column('intake_record', 'sender')
    op.drop_index(op.f('ix_transcript_ticket_id'), table_name='transcript')
    op.drop_index(op.f('ix_transcript_call_id'), table_name='transcript')
    op.drop_table('transcript')
    op.drop_index(op.f('ix_speech_call_id'), table_name='speech')
    op.drop_table('speech')
    op.drop_index(op.f('ix_recording_call_id'), table_name='recording')
    op.drop_index('ix_recording_announced', table_name='recording', postgresql_where="state = 'announced'")
    op.drop_table('recording')
    op.drop_index(op.f('ix_call_ticket_id'), table_name='call')
    op.drop_index(op.f('ix_call_retailer_id'), table_name='call')
    op.drop_index('ix_call_open', table_name='call', postgresql_where="state <> 'ended'")
    op.drop_index(op.f('ix_call_intake_id'), table_name='call')
    op.drop_index('ix_call_began_at', table_name='call')
    op.drop_table('call')
    op.drop_index('ix_quarantined_at', table_name='quarantined')
    op.drop_table('quarantined')
    op.drop_index('ix_reconciliation_began_at', table_name='reconciliation')
    op.drop_table('reconciliation')
    op.drop_table('door_count')

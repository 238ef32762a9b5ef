"""The first schema."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


# What the models cannot say: raw arrivals and the audit trail never change. Removing noise after its time and removing
# the demo go through `SET LOCAL redress.purge = 'on'`.
GUARDS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('redress.purge', true), '') = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER intake_record_raw BEFORE UPDATE ON intake_record FOR EACH ROW
    WHEN (OLD.raw IS DISTINCT FROM NEW.raw OR OLD.received_at IS DISTINCT FROM NEW.received_at
          OR OLD.channel IS DISTINCT FROM NEW.channel OR OLD.external_id IS DISTINCT FROM NEW.external_id)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER intake_record_kept BEFORE DELETE ON intake_record FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


# Attachments and messages point at tables that point back at them, so these keys come last.
LATER_KEYS = (
    ("attachment", "intake_id", "intake_record"),
    ("attachment", "ticket_id", "ticket"),
    ("attachment", "message_id", "message"),
    ("message", "intake_id", "intake_record"),
)


def upgrade():
    op.create_table('attachment',
    sa.Column('storage_key', sa.Text(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('content_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('upload_token', sa.Text(), nullable=True),
    sa.Column('intake_id', sa.Integer(), nullable=True),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('storage_key', name=op.f('uq_attachment_storage_key'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_intake_id'), ['intake_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_message_id'), ['message_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_upload_token'), ['upload_token'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_kind', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('target', sa.Text(), server_default='', nullable=False),
    sa.Column('sealed', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('detail', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_at', ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('calendar_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.Column('name_zh', sa.Text(), server_default='', nullable=False),
    sa.Column('name_en', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_day'))
    )
    op.create_table('code',
    sa.Column('list', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_zh', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.PrimaryKeyConstraint('list', 'code', name=op.f('pk_code'))
    )
    op.create_table('failed_job',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('args', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_job'))
    )
    op.create_table('leaf_group',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_zh', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_leaf_group'))
    )
    op.create_table('opt_out',
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_opt_out'))
    )
    op.create_table('scheduled_job',
    sa.Column('job', sa.Text(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('job', name=op.f('pk_scheduled_job'))
    )
    op.create_table('setting_value',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_setting_value'))
    )
    op.create_table('sla_rule',
    sa.Column('severity', sa.Text(), nullable=False),
    sa.Column('clock', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('working', sa.Boolean(), server_default='true', nullable=False),
    sa.CheckConstraint("severity IN ('S1', 'S2', 'S3', 'S4')", name=op.f('ck_sla_rule_known_severity')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_sla_rule_positive')),
    sa.PrimaryKeyConstraint('severity', 'clock', name=op.f('pk_sla_rule'))
    )
    op.create_table('team',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_zh', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('code', name=op.f('uq_team_code'))
    )
    op.create_table('user',
    sa.Column('login', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), server_default='zh', nullable=False),
    sa.Column('roles', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('must_change_password', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('notify_by', sa.Text(), server_default='page', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_demo', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("notify_by IN ('page', 'email', 'sms')", name=op.f('ck_user_known_notify')),
    sa.CheckConstraint("roles <@ ARRAY['hotline','handler','manager','qa','compliance','liaison','admin']::text[]", name=op.f('ck_user_known_roles')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('login', name=op.f('uq_user_login'))
    )
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.create_index('ix_user_login_lower', [sa.literal_column('lower(login)')], unique=True)

    op.create_table('work_hours',
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Text(), nullable=False),
    sa.Column('ends', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_hours'))
    )
    op.create_table('certificate',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('expires', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 4', name=op.f('ck_certificate_level')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_certificate_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('user_id', 'scope', name=op.f('uq_certificate_user_id_scope'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_user_id'), ['user_id'], unique=False)

    op.create_table('leaf',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('group_code', sa.Text(), nullable=False),
    sa.Column('name_zh', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('plain_zh', sa.Text(), server_default='', nullable=False),
    sa.Column('plain_en', sa.Text(), server_default='', nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('type', sa.Text(), server_default='complaint', nullable=False),
    sa.Column('severity', sa.Text(), nullable=False),
    sa.Column('need', sa.Text(), server_default='', nullable=False),
    sa.Column('may_promise', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('access', sa.Text(), server_default='open', nullable=False),
    sa.Column('desk_answer', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('staff_conflict', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('loss', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.CheckConstraint("access IN ('open', 'restricted', 'sealed')", name=op.f('ck_leaf_known_access')),
    sa.CheckConstraint("severity IN ('S1', 'S2', 'S3', 'S4')", name=op.f('ck_leaf_known_severity')),
    sa.CheckConstraint("type IN ('complaint', 'report', 'request', 'enquiry', 'suggestion', 'praise')", name=op.f('ck_leaf_known_type')),
    sa.ForeignKeyConstraint(['group_code'], ['leaf_group.code'], name=op.f('fk_leaf_group_code')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_leaf_team_id')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_leaf'))
    )
    op.create_table('leave',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends >= starts', name=op.f('ck_leave_order')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_leave_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leave'))
    )
    with op.batch_alter_table('leave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_leave_user_id'), ['user_id'], unique=False)

    op.create_table('membership',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('leads', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('cap', sa.Double(), server_default='12', nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_membership_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_team_id'), ['team_id'], unique=False)

    op.create_table('password_link',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_password_link_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_password_link_token_hash'))
    )
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_password_link_user_id'), ['user_id'], unique=False)

    op.create_table('retailer',
    sa.Column('licence_no', sa.Text(), nullable=False),
    sa.Column('shop_name', sa.Text(), nullable=False),
    sa.Column('owner_name', sa.Text(), server_default='', nullable=False),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('area_type', sa.Text(), server_default='', nullable=False),
    sa.Column('address', sa.Text(), server_default='', nullable=False),
    sa.Column('service_class', sa.Text(), server_default='ordinary', nullable=False),
    sa.Column('value_class', sa.Text(), server_default='', nullable=False),
    sa.Column('language', sa.Text(), server_default='zh', nullable=False),
    sa.Column('support_needs', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('account_manager_id', sa.Integer(), nullable=True),
    sa.Column('tele_orderer_id', sa.Integer(), nullable=True),
    sa.Column('deliverer_id', sa.Integer(), nullable=True),
    sa.Column('inspector_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('is_demo', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("service_class IN ('key', 'ordinary', 'basic', 'support_needs')", name=op.f('ck_retailer_known_class')),
    sa.ForeignKeyConstraint(['account_manager_id'], ['user.id'], name=op.f('fk_retailer_account_manager_id')),
    sa.ForeignKeyConstraint(['deliverer_id'], ['user.id'], name=op.f('fk_retailer_deliverer_id')),
    sa.ForeignKeyConstraint(['inspector_id'], ['user.id'], name=op.f('fk_retailer_inspector_id')),
    sa.ForeignKeyConstraint(['tele_orderer_id'], ['user.id'], name=op.f('fk_retailer_tele_orderer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retailer')),
    sa.UniqueConstraint('licence_no', name=op.f('uq_retailer_licence_no'))
    )
    with op.batch_alter_table('retailer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_retailer_area'), ['area'], unique=False)
        batch_op.create_index(batch_op.f('ix_retailer_phone'), ['phone'], unique=False)
        batch_op.create_index(batch_op.f('ix_retailer_shop_name'), ['shop_name'], unique=False)

    op.create_table('staff_session',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address', sa.Text(), server_default='', nullable=False),
    sa.Column('agent', sa.Text(), server_default='', nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_staff_session_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_session_token_hash'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_user_id'), ['user_id'], unique=False)

    op.create_table('answer',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('leaf_code', sa.Text(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("purpose IN ('ack', 'ack_anonymous', 'ask', 'interim', 'answer', 'decline', 'decline_noise', 'transfer', 'close', 'survey', 'reminder', 'extension', 'handover')", name=op.f('ck_answer_known_purpose')),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_answer_leaf_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('code', name=op.f('uq_answer_code'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_leaf_code'), ['leaf_code'], unique=False)

    op.create_table('checklist_item',
    sa.Column('leaf_code', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('zh', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_checklist_item_leaf_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_item')),
    sa.UniqueConstraint('leaf_code', 'code', name=op.f('uq_checklist_item_leaf_code_code'))
    )
    with op.batch_alter_table('checklist_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checklist_item_leaf_code'), ['leaf_code'], unique=False)

    op.create_table('ticket',
    sa.Column('case_no', sa.Text(), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('pin_hash', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), server_default='received', nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('type', sa.Text(), server_default='complaint', nullable=False),
    sa.Column('leaf_code', sa.Text(), nullable=True),
    sa.Column('severity', sa.Text(), server_default='S3', nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('wish', sa.Text(), server_default='', nullable=False),
    sa.Column('desired_outcome', sa.Text(), nullable=True),
    sa.Column('problem', sa.Text(), server_default='', nullable=False),
    sa.Column('order_no', sa.Text(), server_default='', nullable=False),
    sa.Column('occurred', sa.Text(), server_default='', nullable=False),
    sa.Column('amount', sa.Text(), server_default='', nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), server_default='zh', nullable=False),
    sa.Column('retailer_id', sa.Integer(), nullable=True),
    sa.Column('shop_text', sa.Text(), server_default='', nullable=False),
    sa.Column('contact_name', sa.Text(), server_default='', nullable=False),
    sa.Column('contact_phone', sa.Text(), nullable=True),
    sa.Column('contact_email', sa.Text(), nullable=True),
    sa.Column('captured_by_id', sa.Integer(), nullable=True),
    sa.Column('confidential', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('anonymous', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('sealed', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('support_needs', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('supervised', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('named_ids', sa.ARRAY(sa.Integer()), server_default='{}', nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.Column('former_ids', sa.ARRAY(sa.Integer()), server_default='{}', nullable=False),
    sa.Column('awaits_routing', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('return_state', sa.Text(), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dispatched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('contacted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('last_inbound_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_kind', sa.Text(), nullable=True),
    sa.Column('asks', sa.Integer(), server_default='0', nullable=False),
    sa.Column('returns', sa.Integer(), server_default='0', nullable=False),
    sa.Column('extensions', sa.Integer(), server_default='0', nullable=False),
    sa.Column('redos', sa.Integer(), server_default='0', nullable=False),
    sa.Column('escalation', sa.Integer(), server_default='0', nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('root_cause', sa.Text(), nullable=True),
    sa.Column('remedy', sa.Text(), nullable=True),
    sa.Column('cause_note', sa.Text(), server_default='', nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('score_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('is_demo', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('search_tokens', sa.Text(), server_default='', nullable=False),
    sa.Column('search_vector', postgresql.TSVECTOR(), sa.Computed("to_tsvector('simple', search_tokens)", persisted=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f('ck_ticket_merged_into_one')),
    sa.CheckConstraint("(state = 'needs_info') = (return_state IS NOT NULL)", name=op.f('ck_ticket_asking_knows_the_way_back')),
    sa.CheckConstraint("(state IN ('closed', 'merged', 'declined', 'transferred', 'withdrawn')) = (ended_at IS NOT NULL)", name=op.f('ck_ticket_ended')),
    sa.CheckConstraint("NOT anonymous OR (contact_phone IS NULL AND contact_email IS NULL AND contact_name = '' AND retailer_id IS NULL)", name=op.f('ck_ticket_anonymous')),
    sa.CheckConstraint("channel IN ('web', 'sms', 'phone', 'visit', 'counter', 'email', 'file')", name=op.f('ck_ticket_known_channel')),
    sa.CheckConstraint("return_state IN ('received', 'in_progress')", name=op.f('ck_ticket_known_return_state')),
    sa.CheckConstraint("severity IN ('S1', 'S2', 'S3', 'S4')", name=op.f('ck_ticket_known_severity')),
    sa.CheckConstraint("state <> 'closed' OR (outcome IS NOT NULL AND root_cause IS NOT NULL AND remedy IS NOT NULL AND ended_by_id IS NOT NULL)", name=op.f('ck_ticket_closed_with_reasons')),
    sa.CheckConstraint("state <> 'closed' OR ended_by_id IS DISTINCT FROM assignee_id", name=op.f('ck_ticket_never_closed_by_its_handler')),
    sa.CheckConstraint("state <> 'in_progress' OR signed_at IS NOT NULL", name=op.f('ck_ticket_signed')),
    sa.CheckConstraint("state IN ('received', 'needs_info', 'dispatched', 'in_progress', 'in_review', 'answered', 'closed', 'merged', 'declined', 'transferred', 'withdrawn')", name=op.f('ck_ticket_known_state')),
    sa.CheckConstraint("state NOT IN ('answered', 'closed') OR answered_at IS NOT NULL", name=op.f('ck_ticket_answered')),
    sa.CheckConstraint("state NOT IN ('dispatched', 'in_progress', 'in_review', 'answered', 'closed') OR (leaf_code IS NOT NULL AND desired_outcome IS NOT NULL AND team_id IS NOT NULL)", name=op.f('ck_ticket_classified')),
    sa.CheckConstraint("state NOT IN ('in_progress', 'in_review') OR assignee_id IS NOT NULL", name=op.f('ck_ticket_worked_on_by_somebody')),
    sa.CheckConstraint("type IN ('complaint', 'report', 'request', 'enquiry', 'suggestion', 'praise')", name=op.f('ck_ticket_known_type')),
    sa.CheckConstraint('NOT anonymous OR pin_hash IS NOT NULL', name=op.f('ck_ticket_anonymous_has_pin')),
    sa.CheckConstraint('asks <= 2 AND returns <= 2 AND extensions <= 1', name=op.f('ck_ticket_within_limits')),
    sa.CheckConstraint('assignee_id IS NULL OR NOT (assignee_id = ANY(named_ids))', name=op.f('ck_ticket_never_to_the_person_named')),
    sa.CheckConstraint('merged_into_id <> id', name=op.f('ck_ticket_not_into_itself')),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_ticket_score')),
    sa.ForeignKeyConstraint(['assignee_id'], ['user.id'], name=op.f('fk_ticket_assignee_id')),
    sa.ForeignKeyConstraint(['captured_by_id'], ['user.id'], name=op.f('fk_ticket_captured_by_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_ticket_ended_by_id')),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_ticket_leaf_code')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['ticket.id'], name=op.f('fk_ticket_merged_into_id')),
    sa.ForeignKeyConstraint(['retailer_id'], ['retailer.id'], name=op.f('fk_ticket_retailer_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_ticket_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('case_no', name=op.f('uq_ticket_case_no')),
    sa.UniqueConstraint('token', name=op.f('uq_ticket_token'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_assignee_id'), ['assignee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_contact_phone'), ['contact_phone'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_leaf_code'), ['leaf_code'], unique=False)
        batch_op.create_index('ix_ticket_received_at', ['received_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_retailer_id'), ['retailer_id'], unique=False)
        batch_op.create_index('ix_ticket_search', ['search_vector'], unique=False, postgresql_using='gin')
        batch_op.create_index('ix_ticket_state_due', ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_team_id'), ['team_id'], unique=False)

    op.create_table('answer_version',
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('status', sa.Text(), server_default='draft', nullable=False),
    sa.Column('title_zh', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('parts_zh', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('parts_en', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('approver_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("status IN ('draft', 'approved', 'retired')", name=op.f('ck_answer_version_known_status')),
    sa.CheckConstraint('approver_id IS NULL OR approver_id IS DISTINCT FROM author_id', name=op.f('ck_answer_version_four_eyes')),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_answer_version_answer_id')),
    sa.ForeignKeyConstraint(['approver_id'], ['user.id'], name=op.f('fk_answer_version_approver_id')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_answer_version_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_version')),
    sa.UniqueConstraint('answer_id', 'version', name=op.f('uq_answer_version_answer_id_version'))
    )
    with op.batch_alter_table('answer_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_version_answer_id'), ['answer_id'], unique=False)

    op.create_table('call_task',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.Text(), server_default='', nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("result IN ('', 'reached', 'unreached', 'not_needed')", name=op.f('ck_call_task_known_result')),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_call_task_done_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_call_task_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_task')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_call_task_dedupe_key'))
    )
    with op.batch_alter_table('call_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_task_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('checklist_mark',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_checklist_mark_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['checklist_item.id'], name=op.f('fk_checklist_mark_item_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_checklist_mark_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ticket_id', 'item_id', name=op.f('pk_checklist_mark'))
    )
    op.create_table('clock',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('original_due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at_70', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at_90', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fired_70', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fired_90', sa.DateTime(timezone=True), nullable=True),
    sa.Column('breached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('triage', 'sign', 'contact', 'update', 'resolve', 'callback', 'info')", name=op.f('ck_clock_known_kind')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_clock_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock'))
    )
    with op.batch_alter_table('clock', schema=None) as batch_op:
        batch_op.create_index('ix_clock_running', ['due_at'], unique=False, postgresql_where='stopped_at IS NULL AND paused_at IS NULL')
        batch_op.create_index(batch_op.f('ix_clock_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index('uq_clock_one_running', ['ticket_id', 'kind'], unique=True, postgresql_where='stopped_at IS NULL')

    op.create_table('extension',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('new_due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved', sa.Boolean(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f('ck_extension_four_eyes')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_extension_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_extension_decided_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_extension_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension'))
    )
    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index('uq_extension_one_open', ['ticket_id'], unique=True, postgresql_where='decided_at IS NULL')

    op.create_table('intake_record',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('raw', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('case_no', sa.Text(), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('pin_hash', sa.Text(), nullable=True),
    sa.Column('sealed', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('captured_by_id', sa.Integer(), nullable=True),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), server_default='stored', nullable=False),
    sa.Column('recognised_as', sa.Text(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('is_demo', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('meta', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'done' OR recognised_as IS NOT NULL", name=op.f('ck_intake_record_done_knows_what_it_was')),
    sa.CheckConstraint("state IN ('stored', 'done', 'failed')", name=op.f('ck_intake_record_known_state')),
    sa.ForeignKeyConstraint(['captured_by_id'], ['user.id'], name=op.f('fk_intake_record_captured_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_intake_record_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake_record')),
    sa.UniqueConstraint('case_no', name=op.f('uq_intake_record_case_no')),
    sa.UniqueConstraint('channel', 'external_id', name=op.f('uq_intake_record_channel_external_id')),
    sa.UniqueConstraint('token', name=op.f('uq_intake_record_token'))
    )
    with op.batch_alter_table('intake_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intake_record_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index('ix_intake_record_waiting', ['received_at'], unique=False, postgresql_where="state = 'stored'")

    op.create_table('merge_refusal',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_merge_refusal_order')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_merge_refusal_by_id')),
    sa.ForeignKeyConstraint(['first_id'], ['ticket.id'], name=op.f('fk_merge_refusal_first_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['ticket.id'], name=op.f('fk_merge_refusal_second_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_merge_refusal'))
    )
    op.create_table('message',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('purpose', sa.Text(), server_default='', nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('author_name', sa.Text(), server_default='', nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('language', sa.Text(), server_default='zh', nullable=False),
    sa.Column('intake_id', sa.Integer(), nullable=True),
    sa.Column('answer_code', sa.Text(), nullable=True),
    sa.Column('answer_version', sa.Integer(), nullable=True),
    sa.Column('delivery', sa.Text(), server_default='none', nullable=False),
    sa.Column('delivery_note', sa.Text(), server_default='', nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("delivery IN ('none', 'page', 'queued', 'sending', 'sent', 'delivered', 'failed', 'unknown')", name=op.f('ck_message_known_delivery')),
    sa.CheckConstraint("kind IN ('in', 'out', 'call', 'note', 'system')", name=op.f('ck_message_known_kind')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_message_author_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_message_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_message_dedupe_key'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('notice',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_notice_ticket_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notice_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_notice_dedupe_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_user_id'), ['user_id'], unique=False)

    op.create_table('promise',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('kept', sa.Boolean(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_promise_made_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_promise_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise'))
    )
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promise_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('quality_check',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_quality_check_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_quality_check_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quality_check')),
    sa.UniqueConstraint('ticket_id', 'round', name=op.f('uq_quality_check_ticket_id_round'))
    )
    with op.batch_alter_table('quality_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quality_check_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('routing_decision',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('chosen_id', sa.Integer(), nullable=True),
    sa.Column('relaxed', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('needed_level', sa.Integer(), nullable=False),
    sa.Column('candidates', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(result IN ('handler', 'claimed')) = (chosen_id IS NOT NULL)", name=op.f('ck_routing_decision_handler_is_named')),
    sa.CheckConstraint("result IN ('handler', 'queue', 'manager', 'claimed')", name=op.f('ck_routing_decision_known_result')),
    sa.ForeignKeyConstraint(['chosen_id'], ['user.id'], name=op.f('fk_routing_decision_chosen_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_routing_decision_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing_decision'))
    )
    with op.batch_alter_table('routing_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_routing_decision_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('survey',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('handler_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('send_after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('skipped', sa.Text(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('reason_code', sa.Text(), nullable=True),
    sa.Column('comment', sa.Text(), server_default='', nullable=False),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('scored_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(score IS NULL) = (scored_at IS NULL)', name=op.f('ck_survey_scored_when')),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_survey_score')),
    sa.ForeignKeyConstraint(['handler_id'], ['user.id'], name=op.f('fk_survey_handler_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_survey_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('ticket_id', 'round', name=op.f('uq_survey_ticket_id_round'))
    )
    op.create_table('outbound_message',
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), server_default='queued', nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('gateway', sa.Text(), server_default='', nullable=False),
    sa.Column('gateway_id', sa.Text(), nullable=True),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("channel IN ('sms', 'email')", name=op.f('ck_outbound_message_known_channel')),
    sa.CheckConstraint("state IN ('queued','sending','sent','delivered','failed','unknown','cancelled')", name=op.f('ck_outbound_message_known_state')),
    sa.CheckConstraint("state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL", name=op.f('ck_outbound_message_sent_when')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_outbound_message_message_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_outbound_message_ticket_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_outbound_message_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbound_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_outbound_message_dedupe_key'))
    )
    with op.batch_alter_table('outbound_message', schema=None) as batch_op:
        batch_op.create_index('ix_outbound_message_due', ['created_at'], unique=False, postgresql_where="state IN ('queued', 'sending')")
        batch_op.create_index(batch_op.f('ix_outbound_message_gateway_id'), ['gateway_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbound_message_message_id'), ['message_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbound_message_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('reply',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('values', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('parts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='draft', nullable=False),
    sa.Column('comment', sa.Text(), server_default='', nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'sent_back', 'sent')", name=op.f('ck_reply_known_state')),
    sa.CheckConstraint('reviewer_id IS NULL OR reviewer_id <> author_id', name=op.f('ck_reply_four_eyes')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_reply_author_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['user.id'], name=op.f('fk_reply_reviewer_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_reply_ticket_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['answer_version.id'], name=op.f('fk_reply_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply'))
    )
    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index('uq_reply_one_open', ['ticket_id'], unique=True, postgresql_where="state IN ('draft', 'submitted')")

    op.create_table('survey_score',
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('reason_code', sa.Text(), nullable=True),
    sa.Column('comment', sa.Text(), server_default='', nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_score_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_score'))
    )
    with op.batch_alter_table('survey_score', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_score_survey_id'), ['survey_id'], unique=False)
    for table, column, target in LATER_KEYS:
        op.create_foreign_key(f"fk_{table}_{column}", table, target, [column], ["id"])
    op.execute(GUARDS)


def downgrade():
    for table, column, _target in LATER_KEYS:
        op.drop_constraint(f"fk_{table}_{column}", table)
    with op.batch_alter_table('survey_score', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_score_survey_id'))

    op.drop_table('survey_score')
    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.drop_index('uq_reply_one_open', postgresql_where="state IN ('draft', 'submitted')")
        batch_op.drop_index(batch_op.f('ix_reply_ticket_id'))

    op.drop_table('reply')
    with op.batch_alter_table('outbound_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbound_message_ticket_id'))
        batch_op.drop_index(batch_op.f('ix_outbound_message_message_id'))
        batch_op.drop_index(batch_op.f('ix_outbound_message_gateway_id'))
        batch_op.drop_index('ix_outbound_message_due', postgresql_where="state IN ('queued', 'sending')")

    op.drop_table('outbound_message')
    op.drop_table('survey')
    with op.batch_alter_table('routing_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_routing_decision_ticket_id'))

    op.drop_table('routing_decision')
    with op.batch_alter_table('quality_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quality_check_ticket_id'))

    op.drop_table('quality_check')
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_promise_ticket_id'))

    op.drop_table('promise')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_user_id'))
        batch_op.drop_index(batch_op.f('ix_notice_ticket_id'))

    op.drop_table('notice')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_ticket_id'))

    op.drop_table('message')
    op.drop_table('merge_refusal')
    with op.batch_alter_table('intake_record', schema=None) as batch_op:
        batch_op.drop_index('ix_intake_record_waiting', postgresql_where="state = 'stored'")
        batch_op.drop_index(batch_op.f('ix_intake_record_ticket_id'))

    op.drop_table('intake_record')
    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.drop_index('uq_extension_one_open', postgresql_where='decided_at IS NULL')
        batch_op.drop_index(batch_op.f('ix_extension_ticket_id'))

    op.drop_table('extension')
    with op.batch_alter_table('clock', schema=None) as batch_op:
        batch_op.drop_index('uq_clock_one_running', postgresql_where='stopped_at IS NULL')
        batch_op.drop_index(batch_op.f('ix_clock_ticket_id'))
        batch_op.drop_index('ix_clock_running', postgresql_where='stopped_at IS NULL AND paused_at IS NULL')

    op.drop_table('clock')
    op.drop_table('checklist_mark')
    with op.batch_alter_table('call_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_task_ticket_id'))

    op.drop_table('call_task')
    with op.batch_alter_table('answer_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_version_answer_id'))

    op.drop_table('answer_version')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_team_id'))
        batch_op.drop_index('ix_ticket_state_due')
        batch_op.drop_index('ix_ticket_search', postgresql_using='gin')
        batch_op.drop_index(batch_op.f('ix_ticket_retailer_id'))
        batch_op.drop_index('ix_ticket_received_at')
        batch_op.drop_index(batch_op.f('ix_ticket_leaf_code'))
        batch_op.drop_index(batch_op.f('ix_ticket_contact_phone'))
        batch_op.drop_index(batch_op.f('ix_ticket_assignee_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('checklist_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checklist_item_leaf_code'))

    op.drop_table('checklist_item')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_leaf_code'))

    op.drop_table('answer')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_user_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('retailer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_retailer_shop_name'))
        batch_op.drop_index(batch_op.f('ix_retailer_phone'))
        batch_op.drop_index(batch_op.f('ix_retailer_area'))

    op.drop_table('retailer')
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_password_link_user_id'))

    op.drop_table('password_link')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_team_id'))

    op.drop_table('membership')
    with op.batch_alter_table('leave', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_leave_user_id'))

    op.drop_table('leave')
    op.drop_table('leaf')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_user_id'))

    op.drop_table('certificate')
    op.drop_table('work_hours')
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.drop_index('ix_user_login_lower')

    op.drop_table('user')
    op.drop_table('team')
    op.drop_table('sla_rule')
    op.drop_table('setting_value')
    op.drop_table('scheduled_job')
    op.drop_table('opt_out')
    op.drop_table('leaf_group')
    op.drop_table('failed_job')
    op.drop_table('code')
    op.drop_table('calendar_day')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_ticket_id'))
        batch_op.drop_index('ix_audit_entry_at')

    op.drop_table('audit_entry')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_upload_token'))
        batch_op.drop_index(batch_op.f('ix_attachment_ticket_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_message_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_intake_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_created_at'))

    op.drop_table('attachment')
    op.execute("DROP FUNCTION refuse_change")

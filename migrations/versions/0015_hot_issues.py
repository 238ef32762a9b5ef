"""Hot issues; parents with their children; standard answers to many; notices of what is no ticket."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

PURPOSES = ("ack", "ack_anonymous", "ask", "interim", "answer", "decline", "decline_noise", "transfer", "close", "survey",
            "survey_reminder", "reminder", "extension", "handover", "opted_in", "progress", "no_case", "help", "withdraw_ask", "withdraw_which",
            "withdrawn", "reopened")
TO_MANY = ("notice", "shared_answer")
AT = sa.DateTime(timezone=True)


def upgrade():
    _purposes((*PURPOSES, *TO_MANY))
    op.add_column('notice', sa.Column('path', sa.Text(), server_default='', nullable=False))
    op.create_table('parent',
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('leaf_code', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('route_id', sa.Integer(), nullable=True),
    sa.Column('words', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
    sa.Column('since', AT, nullable=False),
    sa.Column('severity', sa.Text(), nullable=False),
    sa.Column('plain_zh', sa.Text(), nullable=False),
    sa.Column('plain_en', sa.Text(), nullable=False),
    sa.Column('opened_at', AT, nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('noticed_at', AT, nullable=True),
    sa.Column('noticed_by_id', sa.Integer(), nullable=True),
    sa.Column('words_found', postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('root_cause', sa.Text(), nullable=True),
    sa.Column('remedy', sa.Text(), nullable=True),
    sa.Column('resolved_at', AT, nullable=True),
    sa.Column('resolved_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("severity IN ('S1', 'S2', 'S3', 'S4')", name=op.f('ck_parent_known_severity')),
    sa.CheckConstraint("(noticed_at IS NULL) = (noticed_by_id IS NULL)", name=op.f('ck_parent_noticed_by_somebody')),
    sa.CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name=op.f('ck_parent_resolved_by_somebody')),
    sa.CheckConstraint("resolved_at IS NULL OR (outcome IS NOT NULL AND root_cause IS NOT NULL AND words_found <> '{}')",
                       name=op.f('ck_parent_resolved_with_reasons')),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_parent_leaf_code')),
    sa.ForeignKeyConstraint(['route_id'], ['user.id'], name=op.f('fk_parent_route_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name=op.f('fk_parent_opened_by_id')),
    sa.ForeignKeyConstraint(['noticed_by_id'], ['user.id'], name=op.f('fk_parent_noticed_by_id')),
    sa.ForeignKeyConstraint(['resolved_by_id'], ['user.id'], name=op.f('fk_parent_resolved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parent'))
    )
    op.create_table('parent_ticket',
    sa.Column('parent_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('standing', sa.Text(), nullable=False),
    sa.Column('at', AT, nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("standing IN ('attached', 'left_out')", name=op.f('ck_parent_ticket_known_standing')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_parent_ticket_by_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['parent.id'], name=op.f('fk_parent_ticket_parent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_parent_ticket_ticket_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('parent_id', 'ticket_id', name=op.f('pk_parent_ticket'))
    )
    op.create_index('ix_parent_ticket_ticket_id', 'parent_ticket', ['ticket_id'], unique=False)
    op.create_index('uq_parent_ticket_one_parent', 'parent_ticket', ['ticket_id'], unique=True, postgresql_where=sa.text("standing = 'attached'"))
    op.create_table('hot_issue',
    sa.Column('leaf_code', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('route_id', sa.Integer(), nullable=True),
    sa.Column('started_at', AT, nullable=False),
    sa.Column('opened_at', AT, nullable=False),
    sa.Column('last_at', AT, nullable=False),
    sa.Column('ended_at', AT, nullable=True),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('observed', sa.Integer(), nullable=False),
    sa.Column('retailers', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Float(), nullable=False),
    sa.Column('p', sa.Float(), nullable=False),
    sa.Column('told_at', AT, nullable=True),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("started_at <= opened_at AND started_at <= last_at", name=op.f('ck_hot_issue_in_order')),
    sa.CheckConstraint("route_id IS NULL OR area <> ''", name=op.f('ck_hot_issue_a_route_is_somewhere')),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_hot_issue_leaf_code')),
    sa.ForeignKeyConstraint(['route_id'], ['user.id'], name=op.f('fk_hot_issue_route_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['parent.id'], name=op.f('fk_hot_issue_parent_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hot_issue')),
    sa.UniqueConstraint('parent_id', name=op.f('uq_hot_issue_parent_id'))
    )
    op.create_index('uq_hot_issue_one_running', 'hot_issue', ['leaf_code', 'area', sa.text('coalesce(route_id, 0)')], unique=True,
                    postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('hot_look',
    sa.Column('leaf_code', sa.Text(), nullable=False),
    sa.Column('at', AT, nullable=False),
    sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_hot_look_leaf_code')),
    sa.PrimaryKeyConstraint('leaf_code', name=op.f('pk_hot_look'))
    )
    op.create_index('ix_hot_issue_opened_at', 'hot_issue', ['opened_at'], unique=False)


def downgrade():
    op.drop_table('hot_look')
    op.drop_table('hot_issue')
    op.drop_table('parent_ticket')
    op.drop_table('parent')
    op.execute("DELETE FROM notice WHERE path <> ''")
    op.drop_column('notice', 'path')
    op.execute(f"DELETE FROM answer_version WHERE answer_id IN (SELECT id FROM answer WHERE {_one_of(TO_MANY)})")
    op.execute(f"DELETE FROM answer WHERE {_one_of(TO_MANY)}")
    _purposes(PURPOSES)


def _purposes(known: tuple[str, ...]) -> None:
    op.drop_constraint(op.f('ck_answer_known_purpose'), 'answer')
    op.create_check_constraint(op.f('ck_answer_known_purpose'), 'answer', _one_of(known))


def _one_of(purposes: tuple[str, ...]) -> str:
    return f"purpose IN ({', '.join(repr(purpose) for purpose in purposes)})"

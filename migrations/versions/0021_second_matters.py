"""Matters beside the main one of a ticket: proposed, refused, answered along, or a linked ticket of their own."""
import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'second_matter', sa.Column('ticket_id', sa.Integer(), nullable=False), sa.Column('leaf_code', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False), sa.Column('sure', sa.Float(), nullable=True),
        sa.Column('standing', sa.Text(), server_default='proposed', nullable=False), sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True), sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('linked_id', sa.Integer(), nullable=True), sa.Column('spoken_round', sa.Integer(), nullable=True),
        sa.Column('spoken_by_id', sa.Integer(), nullable=True), sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint("standing IN ('proposed', 'refused', 'along', 'own')", name=op.f('ck_second_matter_known_standing')),
        sa.CheckConstraint("(standing = 'own') = (linked_id IS NOT NULL)", name=op.f('ck_second_matter_own_is_linked')),
        sa.CheckConstraint("(standing = 'proposed') = (decided_at IS NULL)", name=op.f('ck_second_matter_decided')),
        sa.CheckConstraint("spoken_round IS NULL OR standing = 'along'", name=op.f('ck_second_matter_spoken_of_along')),
        sa.CheckConstraint('linked_id <> ticket_id', name=op.f('ck_second_matter_not_to_itself')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_second_matter_decided_by_id')),
        sa.ForeignKeyConstraint(['leaf_code'], ['leaf.code'], name=op.f('fk_second_matter_leaf_code')),
        sa.ForeignKeyConstraint(['linked_id'], ['ticket.id'], name=op.f('fk_second_matter_linked_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['spoken_by_id'], ['user.id'], name=op.f('fk_second_matter_spoken_by_id')),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_second_matter_ticket_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_second_matter')),
        sa.UniqueConstraint('linked_id', name=op.f('uq_second_matter_linked_id')),
        sa.UniqueConstraint('ticket_id', 'leaf_code', name=op.f('uq_second_matter_ticket_id_leaf_code')))


def downgrade():
    op.drop_table('second_matter')

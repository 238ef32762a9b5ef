"""A sealed matter whose usual readers must stand aside; who is named later keeps his place in the history of what he answered."""
import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

NAMED = "assignee_id IS NULL OR NOT (assignee_id = ANY(named_ids))"
IN_HAND = "assignee_id IS NULL OR state NOT IN ('dispatched', 'needs_info', 'in_progress', 'in_review') OR NOT (assignee_id = ANY(named_ids))"


def upgrade():
    op.add_column('ticket', sa.Column('aside', sa.Boolean(), server_default='false', nullable=False))
    op.drop_constraint(op.f('ck_ticket_never_to_the_person_named'), 'ticket', type_='check')
    op.create_check_constraint(op.f('ck_ticket_never_to_the_person_named'), 'ticket', IN_HAND)


def downgrade():
    op.drop_constraint(op.f('ck_ticket_never_to_the_person_named'), 'ticket', type_='check')
    op.execute("UPDATE ticket SET named_ids = array_remove(named_ids, assignee_id) WHERE assignee_id = ANY(named_ids)")
    op.create_check_constraint(op.f('ck_ticket_never_to_the_person_named'), 'ticket', NAMED)
    op.drop_column('ticket', 'aside')

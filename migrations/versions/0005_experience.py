"""What the choice of a handler by experience needs: since when somebody is here, the score of an answer that failed, what a decision weighed."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

SCORES_SO_FAR = """
UPDATE reply SET score = survey.score
FROM survey JOIN ticket ON ticket.id = survey.ticket_id
WHERE reply.ticket_id = survey.ticket_id AND reply.round = survey.round AND reply.state = 'sent' AND survey.round <= ticket.redos
"""


def upgrade():
    op.add_column('user', sa.Column('joined_on', sa.Date(), nullable=True))
    op.add_column('reply', sa.Column('score', sa.Integer(), nullable=True))
    op.create_check_constraint(op.f('ck_reply_score'), 'reply', 'score BETWEEN 1 AND 5')
    # With everything in it that a record needs, so that the answers' texts are not read.
    op.create_index(op.f('ix_reply_sent'), 'reply', ['ticket_id', 'round', 'author_id', 'score'], postgresql_where=sa.text("state = 'sent'"))
    op.add_column('routing_decision', sa.Column('basis', postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False))
    op.create_index(op.f('ix_routing_decision_chosen_id_at'), 'routing_decision', ['chosen_id', 'at'])
    op.execute(SCORES_SO_FAR)


def downgrade():
    op.drop_index(op.f('ix_routing_decision_chosen_id_at'), 'routing_decision')
    op.drop_column('routing_decision', 'basis')
    op.drop_index(op.f('ix_reply_sent'), 'reply')
    op.drop_column('reply', 'score')
    op.drop_column('user', 'joined_on')

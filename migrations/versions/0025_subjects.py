"""What retailers speak of is data."""
import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('triage_cue', sa.Column('common', sa.Boolean(), server_default='false', nullable=False))
    _checks("kind IN ('severity', 'outcome', 'subject')", "kind <> 'severity'")


def downgrade():
    op.execute("DELETE FROM triage_cue WHERE kind = 'subject'")
    op.drop_column('triage_cue', 'common')
    _checks("kind IN ('severity', 'outcome')", "kind = 'outcome'")


def _checks(known: str, plain: str) -> None:
    for name, rule in (('known_kind', known), ('known_severity', f"{plain} OR severity IN ('S1', 'S2', 'S3', 'S4')")):
        op.drop_constraint(op.f(f'ck_triage_cue_{name}'), 'triage_cue', type_='check')
        op.create_check_constraint(op.f(f'ck_triage_cue_{name}'), 'triage_cue', rule)

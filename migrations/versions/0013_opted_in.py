"""A standard answer for whoever wants messages again."""
import re

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0007'
branch_labels = None
depends_on = None

NEW = "opted_in"


def upgrade():
    _purposes([*_known(), NEW])


def downgrade():
    op.execute(f"DELETE FROM answer_version WHERE answer_id IN (SELECT id FROM answer WHERE purpose = '{NEW}')")
    op.execute(f"DELETE FROM answer WHERE purpose = '{NEW}'")
    _purposes([purpose for purpose in _known() if purpose != NEW])


def _known() -> list[str]:
    """The purposes that the database knows now, whatever was added before."""
    rule = op.get_bind().scalar(sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_answer_known_purpose'"))
    return re.findall(r"'(\w+)'", rule)


def _purposes(purposes: list[str]) -> None:
    op.drop_constraint(op.f('ck_answer_known_purpose'), 'answer')
    op.create_check_constraint(op.f('ck_answer_known_purpose'), 'answer', f"purpose IN ({', '.join(repr(purpose) for purpose in purposes)})")

"""Answers that came by email: the whole of it, and who wrote it when it is not the person's own address."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

SEALED = ('whole', 'other_sender')


def upgrade():
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        for column in SEALED:
            batch_op.add_column(sa.Column(column, sa.LargeBinary(), nullable=True))


def downgrade():
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        for column in SEALED:
            batch_op.drop_column(column)

"""Visits that were left: a page of theirs that is sent again shows nothing."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ended_visits',
        sa.Column('mark', sa.String(length=64), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('mark', name=op.f('pk_ended_visits')),
    )
    with op.batch_alter_table('ended_visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ended_visits_ended_at'), ['ended_at'], unique=False)


def downgrade():
    op.drop_table('ended_visits')

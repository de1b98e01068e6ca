"""Whose road a part takes, where a route has several."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('case_parts', sa.Column('road', sa.String(length=40), nullable=True))


def downgrade():
    op.drop_column('case_parts', 'road')

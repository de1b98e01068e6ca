"""A bank holiday can be taken back, or move to another day."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('added_holidays', sa.Column('is_taken_back', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    op.execute('DELETE FROM added_holidays WHERE is_taken_back')
    op.drop_column('added_holidays', 'is_taken_back')

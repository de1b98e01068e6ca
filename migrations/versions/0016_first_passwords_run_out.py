"""Until when a first password lets its person in; those given before have no such day."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('people') as batch:
        batch.add_column(sa.Column('first_password_until', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table('people') as batch:
        batch.drop_column('first_password_until')

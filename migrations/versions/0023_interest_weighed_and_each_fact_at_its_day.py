"""What was weighed of somebody's interest; the reasons on a late complaint; a month or a season; when they first told of it."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('cases', sa.Column('interest', sa.LargeBinary(), nullable=True))
    op.add_column('cases', sa.Column('first_told_on', sa.Date(), nullable=True))
    op.add_column('case_parts', sa.Column('sooner_words', sa.LargeBinary(), nullable=True))
    op.add_column('case_parts', sa.Column('fair_words', sa.LargeBinary(), nullable=True))
    op.add_column('case_parts', sa.Column('happened_words', sa.String(length=40), nullable=False, server_default=''))


def downgrade():
    op.drop_column('case_parts', 'happened_words')
    op.drop_column('case_parts', 'fair_words')
    op.drop_column('case_parts', 'sooner_words')
    op.drop_column('cases', 'first_told_on')
    op.drop_column('cases', 'interest')

"""Secret words that the worker draws ahead wait in the database."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('secret_word_stock',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key_version', sa.Integer(), nullable=False),
        sa.Column('kept', sa.LargeBinary(), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_secret_word_stock')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_secret_word_stock_seal_id')),
    )


def downgrade():
    op.drop_table('secret_word_stock')

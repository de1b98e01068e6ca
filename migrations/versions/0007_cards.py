"""Cards: months, languages, expiry, reissue."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('card_batches', schema=None) as batch_op:
        batch_op.add_column(sa.Column('month', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('language', sa.String(length=8), nullable=False, server_default='en'))
        batch_op.add_column(sa.Column('expires_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_card_batches_replaces_id'), 'card_batches', ['replaces_id'], ['id'])
    op.execute("update card_batches set month = made_on")
    op.execute("update card_batches set expires_on = '2099-12-31'")
    with op.batch_alter_table('card_batches', schema=None) as batch_op:
        batch_op.alter_column('month', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('expires_on', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('language', existing_type=sa.String(length=8), server_default=None)


def downgrade():
    with op.batch_alter_table('card_batches', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_card_batches_replaces_id'), type_='foreignkey')
        batch_op.drop_column('replaces_id')
        batch_op.drop_column('expires_on')
        batch_op.drop_column('language')
        batch_op.drop_column('month')

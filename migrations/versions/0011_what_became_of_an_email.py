"""What became of an email of ours: it waits, left, was refused, given up, or came back."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index('ix_outgoing_emails_waiting', table_name='outgoing_emails')
    with op.batch_alter_table('outgoing_emails', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=40), nullable=False, server_default='waits'))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("update outgoing_emails set state = 'left' where sent_at is not null")
    with op.batch_alter_table('outgoing_emails', schema=None) as batch_op:
        batch_op.alter_column('state', server_default=None, existing_type=sa.String(length=40), existing_nullable=False)
    op.create_index('ix_outgoing_emails_waiting', 'outgoing_emails', ['state', 'next_try_at', 'id'])


def downgrade():
    op.drop_index('ix_outgoing_emails_waiting', table_name='outgoing_emails')
    with op.batch_alter_table('outgoing_emails', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
        batch_op.drop_column('state')
    op.create_index('ix_outgoing_emails_waiting', 'outgoing_emails', ['sent_at', 'next_try_at', 'id'])

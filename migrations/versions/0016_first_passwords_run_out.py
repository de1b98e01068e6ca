"""Until when a first password lets its person in; those given before have no such day. What wrong keys cannot open.

And how long the audit is, with a seal over its end.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('seal_canary',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_canary')),
    )
    with op.batch_alter_table('audit_head') as batch:
        batch.add_column(sa.Column('count', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('seal', sa.String(length=64), nullable=True))
    with op.batch_alter_table('outgoing_emails') as batch:
        batch.add_column(sa.Column('taken_until', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('is_unwanted', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('people') as batch:
        batch.add_column(sa.Column('first_password_until', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table('outgoing_emails') as batch:
        batch.drop_column('is_unwanted')
        batch.drop_column('taken_until')
    with op.batch_alter_table('audit_head') as batch:
        batch.drop_column('seal')
        batch.drop_column('count')
    with op.batch_alter_table('people') as batch:
        batch.drop_column('first_password_until')
    op.drop_table('seal_canary')

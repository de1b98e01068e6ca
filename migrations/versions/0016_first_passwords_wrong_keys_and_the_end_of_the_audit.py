"""Until when a first password lets its person in; those given before have no such day. What wrong keys cannot open.

And how long the audit is, with a seal over its end.
"""

import hmac

import sqlalchemy as sa
from alembic import op

from portal.sealing.ring import ring

START = '0' * 64

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
        batch.add_column(sa.Column('count', sa.Integer(), nullable=False, server_default='0'))
        batch.add_column(sa.Column('seal', sa.String(length=64), nullable=False, server_default=''))
    _seal_the_end()
    with op.batch_alter_table('outgoing_emails') as batch:
        batch.add_column(sa.Column('taken_until', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('is_unwanted', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('people') as batch:
        batch.add_column(sa.Column('first_password_until', sa.DateTime(timezone=True), nullable=True))


def _seal_the_end():
    """Sealed here, with the portal's own key: an end without a seal is never taken for one of before."""
    at = op.get_bind()
    newest = at.execute(sa.text("select hash from audit_head")).scalar()
    count = at.execute(sa.text("select count(*) from audit_entries")).scalar()
    if newest is None:
        newest = START
        at.execute(sa.text("insert into audit_head (id, hash) values (1, :hash)"), {"hash": newest})
    seal = hmac.digest(ring.of_the_secret.made_for("audit head"), f"{count} {newest}".encode(), "sha256").hex()
    at.execute(sa.text("update audit_head set count = :count, seal = :seal"), {"count": count, "seal": seal})


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

"""The people of a case beside the one who complains."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('case_parties',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.String(length=40), nullable=False),
        sa.Column('details', sa.LargeBinary(), nullable=False),
        sa.Column('authority', sa.String(length=40), nullable=True),
        sa.Column('may_be_told', sa.String(length=40), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_parties_case_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_case_parties')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_case_parties_seal_id')),
    )
    op.create_index(op.f('ix_case_parties_case_id'), 'case_parties', ['case_id'])


def downgrade():
    op.drop_table('case_parties')

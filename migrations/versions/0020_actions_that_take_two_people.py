"""What one person filled in for an action that takes two waits until another agrees."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('case_countersignatures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('slug', sa.String(length=40), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('filled', sa.LargeBinary(), nullable=False),
        sa.Column('agree_to', sa.LargeBinary(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_by_id', sa.Integer(), nullable=True),
        sa.Column('agreed', sa.Boolean(), nullable=True),
        sa.Column('words', sa.LargeBinary(), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_case_countersignatures_asked_by_id')),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_countersignatures_case_id')),
        sa.ForeignKeyConstraint(['ended_by_id'], ['people.id'], name=op.f('fk_case_countersignatures_ended_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_case_countersignatures')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_case_countersignatures_seal_id')),
    )
    op.create_index(op.f('ix_case_countersignatures_case_id'), 'case_countersignatures', ['case_id'])


def downgrade():
    op.drop_table('case_countersignatures')

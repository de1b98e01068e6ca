"""A wall around one part, and to which part an element belongs."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('case_part_walls',
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('person_mark', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('whom', sa.LargeBinary(), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_part_walls_case_id')),
        sa.PrimaryKeyConstraint('case_id', 'position', 'person_mark', name=op.f('pk_case_part_walls')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_case_part_walls_seal_id')),
    )
    op.create_index(op.f('ix_case_part_walls_person_mark'), 'case_part_walls', ['person_mark'])
    op.add_column('case_elements', sa.Column('part_position', sa.Integer(), nullable=True))


def downgrade():
    op.drop_column('case_elements', 'part_position')
    op.drop_table('case_part_walls')

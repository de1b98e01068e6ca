"""What is shown of a file: its pages and words, and where it stands with being made ready."""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

PAPERS = "update files set making = 'waiting' where media_type in ('application/pdf', 'text/plain') and state <> 'refused'"


def upgrade():
    op.create_table('file_pages',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('media_type', sa.String(length=40), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('is_read_by_machine', sa.Boolean(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=True),
        sa.Column('words', sa.LargeBinary(), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_file_pages_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_file_pages')),
        sa.UniqueConstraint('file_id', 'number', name=op.f('uq_file_pages_file_id_number')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_file_pages_seal_id')),
    )
    op.add_column('files', sa.Column('making', sa.String(length=40), server_default='done', nullable=False))
    op.add_column('files', sa.Column('pages_in_all', sa.Integer(), server_default='0', nullable=False))
    for table in ('files', 'draft_files'):
        op.add_column(table, sa.Column('left_out', sa.LargeBinary(), nullable=True))
    op.create_index(op.f('ix_files_making'), 'files', ['making'])
    op.execute(PAPERS)


def downgrade():
    op.drop_index(op.f('ix_files_making'), 'files')
    for table in ('draft_files', 'files'):
        op.drop_column(table, 'left_out')
    op.drop_column('files', 'pages_in_all')
    op.drop_column('files', 'making')
    op.drop_table('file_pages')

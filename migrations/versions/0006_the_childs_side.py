"""The child's side."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('draft_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('is_made_anew', sa.Boolean(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['token_hash'], ['drafts.token_hash'], name=op.f('fk_draft_files_token_hash')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_files'))
    )
    with op.batch_alter_table('draft_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_files_token_hash'), ['token_hash'], unique=False)

    op.create_table('case_follow_ups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('sorted', 'partly_sorted', 'not_sorted', 'treated_well', 'treated_badly', 'take_back', 'delete', 'wants_side', name='followupkind', native_enum=False, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_words', sa.LargeBinary(), nullable=False),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_follow_ups_case_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_case_follow_ups_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_follow_ups'))
    )
    with op.batch_alter_table('case_follow_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_follow_ups_case_id'), ['case_id'], unique=False)
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kept_until', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draft_boxes', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('boxes', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('transcript', sa.LargeBinary(), nullable=True))


def downgrade():
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_column('transcript')
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        batch_op.drop_column('boxes')
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.drop_column('draft_boxes')
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.drop_column('kept_until')
    op.drop_table('case_follow_ups')
    op.drop_table('draft_files')

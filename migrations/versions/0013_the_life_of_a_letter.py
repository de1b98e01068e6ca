"""The life of a letter: how it goes, when it left and by whom, and that it came back."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

NAMES = ('fk_case_messages_email_id_outgoing_emails', 'fk_case_messages_stage_id_case_stages', 'fk_case_messages_left_by_id_people')


def upgrade():
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('way', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('email_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('stops', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('stage_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('left_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('left_how', sa.String(length=40), nullable=False, server_default='not_yet'))
        batch_op.add_column(sa.Column('left_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('came_back_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('came_back_why', sa.String(length=120), nullable=False, server_default=''))
    op.execute(
        "update case_messages set left_at = at, way = case when is_emailed then 'email' else 'kept' end, "
        "left_how = case when is_emailed then 'emailed' else 'kept' end where from_us"
    )
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        for column in ('stops', 'left_how', 'came_back_why'):
            batch_op.alter_column(column, server_default=None)
        batch_op.create_foreign_key(NAMES[0], 'outgoing_emails', ['email_id'], ['id'])
        batch_op.create_foreign_key(NAMES[1], 'case_stages', ['stage_id'], ['id'])
        batch_op.create_foreign_key(NAMES[2], 'people', ['left_by_id'], ['id'])
        batch_op.create_index('ix_case_messages_email_id', ['email_id'])
        batch_op.create_index('ix_case_messages_way_left_at', ['way', 'left_at', 'id'])
        batch_op.drop_column('is_emailed')


def downgrade():
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_emailed', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("update case_messages set is_emailed = (left_how = 'emailed')")
    with op.batch_alter_table('case_messages', schema=None) as batch_op:
        batch_op.alter_column('is_emailed', server_default=None)
        for name in NAMES:
            batch_op.drop_constraint(name, type_='foreignkey')
        batch_op.drop_index('ix_case_messages_email_id')
        batch_op.drop_index('ix_case_messages_way_left_at')
        for column in ('way', 'email_id', 'stops', 'stage_id', 'left_at', 'left_how', 'left_by_id', 'came_back_at', 'came_back_why'):
            batch_op.drop_column(column)

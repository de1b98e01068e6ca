"""Thanks for people and teams of the directory, held, passed on and quoted; files of thanks; email that was read; who raised an issue."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

SEALED = ('note', 'asked_words', 'left_out', 'consent_words', 'quote')
PEOPLE = ('quote_by_id', 'quote_checked_by_id')


def upgrade():
    op.create_table(
        'compliment_thanked',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('compliment_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('team_id', sa.Integer(), nullable=True),
        sa.Column('is_guess', sa.Boolean(), nullable=False),
        sa.CheckConstraint('(person_id is null) <> (team_id is null)', name=op.f('ck_compliment_thanked_person_or_team')),
        sa.ForeignKeyConstraint(['compliment_id'], ['compliments.id'], name=op.f('fk_compliment_thanked_compliment_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_compliment_thanked_person_id')),
        sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_compliment_thanked_team_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_compliment_thanked')),
    )
    for column in ('compliment_id', 'person_id', 'team_id'):
        op.create_index(op.f(f'ix_compliment_thanked_{column}'), 'compliment_thanked', [column], unique=False)
    _widen_compliments()
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.alter_column('case_id', existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column('compliment_id', sa.Integer(), nullable=True))
        batch_op.create_index(op.f('ix_files_compliment_id'), ['compliment_id'], unique=False)
        batch_op.create_foreign_key(op.f('fk_files_compliment_id'), 'compliments', ['compliment_id'], ['id'])
        batch_op.create_check_constraint(op.f('ck_files_one_owner'), '(case_id is null) <> (compliment_id is null)')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('raised_through', sa.String(length=40), nullable=True))
    with op.batch_alter_table('outgoing_emails', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.String(length=40), nullable=False, server_default=''))
    _make_received_emails()


def _widen_compliments():
    with op.batch_alter_table('compliments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_from_court', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('held_why', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('became_case_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('passes_on_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('quote_checked_on', sa.Date(), nullable=True))
        for column in SEALED:
            batch_op.add_column(sa.Column(column, sa.LargeBinary(), nullable=True))
        batch_op.create_index('ix_compliments_passes_on_at', ['passed_on_on', 'passes_on_at', 'id'], unique=False)
        batch_op.create_foreign_key(op.f('fk_compliments_became_case_id'), 'cases', ['became_case_id'], ['id'])
        for column in PEOPLE:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f'fk_compliments_{column}'), 'people', [column], ['id'])


def _make_received_emails():
    op.create_table(
        'received_emails',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('mailbox', sa.String(length=40), nullable=False),
        sa.Column('message_key', sa.String(length=64), nullable=False),
        sa.Column('content_key', sa.String(length=64), nullable=False),
        sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('sender', sa.LargeBinary(), nullable=False),
        sa.Column('subject', sa.LargeBinary(), nullable=False),
        sa.Column('words', sa.LargeBinary(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=True),
        sa.Column('record', sa.String(length=40), nullable=False),
        sa.Column('left_behind', sa.LargeBinary(), nullable=True),
        sa.Column('settled_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_received_emails_settled_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_received_emails')),
        sa.UniqueConstraint('message_key', name=op.f('uq_received_emails_message_key')),
    )
    op.create_index('ix_received_emails_state', 'received_emails', ['state', 'id'], unique=False)
    op.create_index(op.f('ix_received_emails_content_key'), 'received_emails', ['content_key'], unique=False)


def downgrade():
    op.drop_table('received_emails')
    with op.batch_alter_table('outgoing_emails', schema=None) as batch_op:
        batch_op.drop_column('about')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_column('raised_through')
    op.execute('delete from files where case_id is null')
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_files_one_owner'), type_='check')
        batch_op.drop_constraint(op.f('fk_files_compliment_id'), type_='foreignkey')
        batch_op.drop_index(op.f('ix_files_compliment_id'))
        batch_op.drop_column('compliment_id')
        batch_op.alter_column('case_id', existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table('compliments', schema=None) as batch_op:
        for column in PEOPLE:
            batch_op.drop_constraint(op.f(f'fk_compliments_{column}'), type_='foreignkey')
            batch_op.drop_column(column)
        batch_op.drop_constraint(op.f('fk_compliments_became_case_id'), type_='foreignkey')
        batch_op.drop_index('ix_compliments_passes_on_at')
        for column in ('is_from_court', 'held_why', 'became_case_id', 'passes_on_at', 'quote_checked_on', *SEALED):
            batch_op.drop_column(column)
    op.drop_table('compliment_thanked')

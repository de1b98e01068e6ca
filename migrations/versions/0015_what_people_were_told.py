"""What people were told that we will do, and by when. What a stage expected until now was said in a letter."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('case_promises',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('what', sa.String(length=40), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('by_on', sa.Date(), nullable=False),
        sa.Column('said_in', sa.String(length=40), nullable=False),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('letter_id', sa.Integer(), nullable=True),
        sa.Column('ended_on', sa.Date(), nullable=True),
        sa.Column('ending', sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_promises_case_id_cases')),
        sa.ForeignKeyConstraint(['letter_id'], ['case_messages.id'], name=op.f('fk_case_promises_letter_id_case_messages')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_case_promises')),
    )
    op.create_index('ix_case_promises_case_id_ended_on', 'case_promises', ['case_id', 'ended_on'])
    op.execute(
        "insert into case_promises (case_id, what, position, number, by_on, said_in, said_at, letter_id) "
        "select s.case_id, case when s.number = 3 then 'meet' else 'write' end, s.position, s.number, s.expected_on, "
        "'message', coalesce((select max(m.at) from case_messages m where m.case_id = s.case_id and m.from_us), c.received_at), "
        "(select max(m.id) from case_messages m where m.case_id = s.case_id and m.from_us) "
        "from case_stages s join cases c on c.id = s.case_id where s.expected_on is not null and s.closed_on is null"
    )
    op.execute(
        "insert into case_promises (case_id, what, position, number, by_on, said_in, said_at) "
        "select s.case_id, case when s.number = 3 then 'meet' else 'answer' end, s.position, s.number, s.due_on, 'decision', "
        "c.told_decision_at from case_stages s join cases c on c.id = s.case_id where s.expected_on is null "
        "and s.closed_on is null and s.route in ('statutory', 'corporate') and c.told_decision_at is not null"
    )
    op.execute(
        "insert into case_promises (case_id, what, position, number, by_on, said_in, said_at) "
        "select c.id, 'read', 0, 0, c.next_due_on, 'receipt', c.received_at from cases c "
        "join case_secret_words w on w.case_id = c.id where c.status = 'to_read'"
    )
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.drop_column('expected_on')


def downgrade():
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expected_on', sa.Date(), nullable=True))
    op.execute(
        "update case_stages set expected_on = (select max(p.by_on) from case_promises p where p.case_id = case_stages.case_id "
        "and p.position = case_stages.position and p.number = case_stages.number and p.ended_on is null)"
    )
    op.drop_table('case_promises')

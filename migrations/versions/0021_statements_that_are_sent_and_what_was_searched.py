"""A statement of complaint goes to the person before it is agreed; that there are no records is kept with what was searched."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('case_statements', sa.Column('sent_on', sa.Date(), nullable=True))
    op.add_column('case_statements', sa.Column('agreed_on', sa.Date(), nullable=True))
    op.add_column('case_elements', sa.Column('searched', sa.LargeBinary(), nullable=True))
    op.add_column('case_stages', sa.Column('searched', sa.LargeBinary(), nullable=True))
    # the newest version of a statement that was agreed is what was agreed
    op.execute("""
        UPDATE case_statements SET agreed_on = (
            SELECT day."on" FROM case_stage_days AS day
            WHERE day.stage_id = case_statements.stage_id AND day.day = 'agreement'
        )
        WHERE number = (SELECT max(other.number) FROM case_statements AS other WHERE other.stage_id = case_statements.stage_id)
        AND stage_id NOT IN (SELECT id FROM case_stages WHERE on_the_record)
    """)


def downgrade():
    op.drop_column('case_stages', 'searched')
    op.drop_column('case_elements', 'searched')
    op.drop_column('case_statements', 'agreed_on')
    op.drop_column('case_statements', 'sent_on')

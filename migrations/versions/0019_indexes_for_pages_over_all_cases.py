"""Indexes for the pages that look over all cases: what is late, a year's figures, children's voices."""

from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

BY_RECEIPT = 'ix_cases_received_on'


def upgrade():
    op.drop_index(BY_RECEIPT, 'cases')
    op.create_index(BY_RECEIPT, 'cases', ['received_on', 'version', 'id'])
    op.create_index('ix_cases_complainant', 'cases', ['complainant', 'received_on', 'id'])
    op.create_index('ix_cases_method', 'cases', ['method', 'received_on', 'id'])
    op.create_index('ix_cases_due', 'cases', ['is_open', 'next_due_on', 'id'])
    asked = ['route', 'number', 'requested_on', 'responded_on', 'due_on', 'closed_on', 'case_id']
    op.create_index('ix_case_stages_asked', 'case_stages', asked)


def downgrade():
    op.drop_index('ix_case_stages_asked', 'case_stages')
    op.drop_index('ix_cases_due', 'cases')
    op.drop_index('ix_cases_method', 'cases')
    op.drop_index('ix_cases_complainant', 'cases')
    op.drop_index(BY_RECEIPT, 'cases')
    op.create_index(BY_RECEIPT, 'cases', ['received_on', 'id'])

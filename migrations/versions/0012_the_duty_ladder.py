"""The duty ladder: what must be read at once, and each time that somebody was told."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'duty_alerts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('about', sa.String(length=40), nullable=False),
        sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('again_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_duty_alerts_answered_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_alerts')),
    )
    op.create_index('ix_duty_alerts_answered_at', 'duty_alerts', ['answered_at', 'id'])
    op.create_index(op.f('ix_duty_alerts_about'), 'duty_alerts', ['about'])
    op.create_table(
        'duty_calls',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('alert_id', sa.Integer(), nullable=False),
        sa.Column('rung', sa.Integer(), nullable=False),
        sa.Column('recipient', sa.LargeBinary(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('email_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['alert_id'], ['duty_alerts.id'], name=op.f('fk_duty_calls_alert_id_duty_alerts')),
        sa.ForeignKeyConstraint(['email_id'], ['outgoing_emails.id'], name=op.f('fk_duty_calls_email_id_outgoing_emails')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_calls')),
    )
    op.create_index(op.f('ix_duty_calls_alert_id'), 'duty_calls', ['alert_id'])


def downgrade():
    op.drop_table('duty_calls')
    op.drop_table('duty_alerts')

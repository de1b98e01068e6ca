"""Every stage and route."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('stored_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_answers')),
    sa.UniqueConstraint('title', name=op.f('uq_stored_answers_title'))
    )
    op.create_table('independent_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('region', sa.String(length=120), nullable=False),
    sa.Column('contact', sa.LargeBinary(), nullable=False),
    sa.Column('can_investigate', sa.Boolean(), nullable=False),
    sa.Column('can_be_independent', sa.Boolean(), nullable=False),
    sa.Column('can_chair', sa.Boolean(), nullable=False),
    sa.Column('works_for_council', sa.Boolean(), nullable=False),
    sa.Column('is_member', sa.Boolean(), nullable=False),
    sa.Column('household_works_for_council', sa.Boolean(), nullable=False),
    sa.Column('available_from', sa.Date(), nullable=True),
    sa.Column('available_until', sa.Date(), nullable=True),
    sa.Column('day_rate_pence', sa.Integer(), nullable=False),
    sa.Column('is_listed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_independent_people_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_independent_people'))
    )
    op.create_table('case_links',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('related', 'split_from', 'answered_with', name='linkkind', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_links_case_id')),
    sa.ForeignKeyConstraint(['other_id'], ['cases.id'], name=op.f('fk_case_links_other_id')),
    sa.PrimaryKeyConstraint('case_id', 'other_id', name=op.f('pk_case_links'))
    )
    with op.batch_alter_table('case_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_links_other_id'), ['other_id'], unique=False)

    op.create_table('case_ombudsman',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('their_reference', sa.String(length=60), nullable=False),
    sa.Column('contact', sa.Enum('premature', 'early_referral', 'investigation', name='ombudsmancontact', native_enum=False, length=40), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('conditions', sa.LargeBinary(), nullable=False),
    sa.Column('decision', sa.Enum('upheld', 'not_upheld', 'closed_after_initial_enquiries', 'referred_back', 'advice_given', name='ombudsmandecision', native_enum=False, length=40), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_ombudsman_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_ombudsman'))
    )
    with op.batch_alter_table('case_ombudsman', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_ombudsman_case_id'), ['case_id'], unique=False)

    op.create_table('case_ombudsman_duties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('enquiry', 'remedy', name='dutykind', native_enum=False, length=40), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_ombudsman_duties_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_ombudsman_duties'))
    )
    with op.batch_alter_table('case_ombudsman_duties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_ombudsman_duties_case_id'), ['case_id'], unique=False)

    op.create_table('case_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_reminders_case_id')),
    sa.ForeignKeyConstraint(['to_id'], ['people.id'], name=op.f('fk_case_reminders_to_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_reminders'))
    )
    with op.batch_alter_table('case_reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_reminders_on'), ['on'], unique=False)
        batch_op.create_index('uq_case_reminders_case_id_kind_key', ['case_id', 'kind', 'key'], unique=True)

    op.create_table('case_second_looks',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_case_second_looks_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_second_looks_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_second_looks'))
    )
    op.create_table('lessons',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('lesson', sa.LargeBinary(), nullable=False),
    sa.Column('action', sa.LargeBinary(), nullable=False),
    sa.Column('is_recommendation', sa.Boolean(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('evidence', sa.LargeBinary(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('confirmed_words', sa.LargeBinary(), nullable=False),
    sa.Column('you_said', sa.LargeBinary(), nullable=False),
    sa.Column('we_did', sa.LargeBinary(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_lessons_case_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_lessons_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessons'))
    )
    with op.batch_alter_table('lessons', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lessons_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_lessons_review', ['done_on', 'due_on', 'id'], unique=False)

    op.create_table('case_appointments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Enum('investigating_officer', 'independent_person', 'panel_chair', 'panel_member', name='seat', native_enum=False, length=40), nullable=False),
    sa.Column('independent_person_id', sa.Integer(), nullable=False),
    sa.Column('appointed_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('fee_pence', sa.Integer(), nullable=False),
    sa.Column('declared', sa.LargeBinary(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_case_appointments_by_id')),
    sa.ForeignKeyConstraint(['independent_person_id'], ['independent_people.id'], name=op.f('fk_case_appointments_independent_person_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_case_appointments_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_appointments'))
    )
    with op.batch_alter_table('case_appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_appointments_independent_person_id'), ['independent_person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_appointments_stage_id'), ['stage_id'], unique=False)

    op.create_table('case_elements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('evidence', sa.LargeBinary(), nullable=False),
    sa.Column('finding', sa.Enum('upheld', 'partially_upheld', 'not_upheld', name='finding', native_enum=False, length=40), nullable=True),
    sa.Column('reasons', sa.LargeBinary(), nullable=False),
    sa.Column('recommendation', sa.LargeBinary(), nullable=False),
    sa.Column('independent_agrees', sa.Boolean(), nullable=True),
    sa.Column('independent_comment', sa.LargeBinary(), nullable=False),
    sa.Column('decision', sa.Enum('upheld', 'partially_upheld', 'not_upheld', name='finding', native_enum=False, length=40), nullable=True),
    sa.Column('decision_words', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_case_elements_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_elements'))
    )
    with op.batch_alter_table('case_elements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_elements_stage_id'), ['stage_id'], unique=False)

    op.create_table('case_interviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('whom', sa.LargeBinary(), nullable=False),
    sa.Column('independent_person_was_there', sa.Boolean(), nullable=False),
    sa.Column('override_words', sa.LargeBinary(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_case_interviews_by_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_case_interviews_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_interviews'))
    )
    with op.batch_alter_table('case_interviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_interviews_stage_id'), ['stage_id'], unique=False)

    op.create_table('case_stage_days',
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Enum('receipt', 'request', 'acknowledgement', 'advocate_asked_for', 'advocate_in_place', 'agreement', 'report', 'independent_report', 'adjudication', 'panel', 'panel_report', 'recommendations', 'proceedings_ended', 'response', name='day', native_enum=False, length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_case_stage_days_stage_id')),
    sa.PrimaryKeyConstraint('stage_id', 'day', name=op.f('pk_case_stage_days'))
    )
    op.create_table('case_statement_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('how', sa.LargeBinary(), nullable=False),
    sa.Column('offered_advocate', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_case_statement_attempts_by_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_case_statement_attempts_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_statement_attempts'))
    )
    with op.batch_alter_table('case_statement_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_statement_attempts_stage_id'), ['stage_id'], unique=False)

    op.create_table('case_statements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('elements', sa.LargeBinary(), nullable=False),
    sa.Column('desired', sa.LargeBinary(), nullable=False),
    sa.Column('by_person', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_case_statements_by_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_case_statements_stage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_statements'))
    )
    with op.batch_alter_table('case_statements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_statements_stage_id'), ['stage_id'], unique=False)

    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('route', sa.Enum('statutory', 'corporate', 'safeguarding', 'data_protection', 'conference_appeal', 'court_or_tribunal', 'another_body', 'early_resolution', 'none', name='route', native_enum=False, length=40), nullable=False, server_default='statutory'))
        batch_op.add_column(sa.Column('position', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('expected_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('waits_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('opens_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('reviewed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('asked_late', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('lateness_words', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('on_the_record', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('report_words', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('independent_words', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('adjudicated_by_id', sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f('uq_case_stages_case_id_number'))
        batch_op.create_index('uq_case_stages_case_id_route_position_number', ['case_id', 'route', 'position', 'number'], unique=True)
        batch_op.create_foreign_key(batch_op.f('fk_case_stages_adjudicated_by_id'), 'people', ['adjudicated_by_id'], ['id'])

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('letter_form', sa.Enum('plain', 'large_print', 'easy_words', name='letterform', native_enum=False, length=40), nullable=False, server_default='plain'))

    with op.batch_alter_table('case_parts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('review_on', sa.Date(), nullable=True))

    op.execute("UPDATE cases SET next_deed = 'agree_statement' WHERE next_deed = 'run_stage_2'")
    op.execute("UPDATE cases SET next_deed = 'appoint_panel' WHERE next_deed = 'run_stage_3'")


def downgrade():
    # What runs outside the statutory procedure has no place in the older tables.
    op.execute("UPDATE cases SET status = 'closed' WHERE status = 'other_routes'")
    op.execute("UPDATE cases SET next_deed = 'nothing' WHERE status NOT IN ('to_read', 'to_decide', 'stage_1', 'stage_2', 'stage_3')")
    op.execute("UPDATE cases SET next_deed = 'run_stage_2' WHERE status = 'stage_2'")
    op.execute("UPDATE cases SET next_deed = 'run_stage_3' WHERE status = 'stage_3'")
    with op.batch_alter_table('case_parts', schema=None) as batch_op:
        batch_op.drop_column('review_on')

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_column('letter_form')

    with op.batch_alter_table('case_statements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_statements_stage_id'))

    op.drop_table('case_statements')
    with op.batch_alter_table('case_statement_attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_statement_attempts_stage_id'))

    op.drop_table('case_statement_attempts')
    op.drop_table('case_stage_days')
    with op.batch_alter_table('case_interviews', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_interviews_stage_id'))

    op.drop_table('case_interviews')
    with op.batch_alter_table('case_elements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_elements_stage_id'))

    op.drop_table('case_elements')
    with op.batch_alter_table('case_appointments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_appointments_stage_id'))
        batch_op.drop_index(batch_op.f('ix_case_appointments_independent_person_id'))

    op.drop_table('case_appointments')
    with op.batch_alter_table('lessons', schema=None) as batch_op:
        batch_op.drop_index('ix_lessons_review')
        batch_op.drop_index(batch_op.f('ix_lessons_case_id'))

    op.drop_table('lessons')
    op.drop_table('case_second_looks')
    with op.batch_alter_table('case_reminders', schema=None) as batch_op:
        batch_op.drop_index('uq_case_reminders_case_id_kind_key')
        batch_op.drop_index(batch_op.f('ix_case_reminders_on'))

    op.drop_table('case_reminders')
    with op.batch_alter_table('case_ombudsman_duties', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_ombudsman_duties_case_id'))

    op.drop_table('case_ombudsman_duties')
    with op.batch_alter_table('case_ombudsman', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_ombudsman_case_id'))

    op.drop_table('case_ombudsman')
    with op.batch_alter_table('case_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_links_other_id'))

    op.drop_table('case_links')
    op.drop_table('independent_people')
    op.drop_table('stored_answers')
    op.execute("DELETE FROM case_stages WHERE route <> 'statutory'")
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_case_stages_adjudicated_by_id'), type_='foreignkey')
        batch_op.drop_index('uq_case_stages_case_id_route_position_number')
        batch_op.create_index(batch_op.f('uq_case_stages_case_id_number'), ['case_id', 'number'], unique=1)
        batch_op.drop_column('adjudicated_by_id')
        batch_op.drop_column('independent_words')
        batch_op.drop_column('report_words')
        batch_op.drop_column('on_the_record')
        batch_op.drop_column('lateness_words')
        batch_op.drop_column('asked_late')
        batch_op.drop_column('reviewed_on')
        batch_op.drop_column('opens_on')
        batch_op.drop_column('waits_until')
        batch_op.drop_column('expected_on')
        batch_op.drop_column('position')
        batch_op.drop_column('route')

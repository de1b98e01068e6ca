"""Every row has a name that its sealed values are bound to, keys for one purpose each, and marks for search by group.

Values of before still open. `flask keys rotate` binds them; the worker makes the marks of search anew.
"""

import base64
import hmac
import json
import secrets

import sqlalchemy as sa
from alembic import op

from portal.sealing.ring import ring
from portal.sealing.values import WRONG_KEYS, SealBroken, place_of, seal, unseal

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

SEALED = {
    'audit_entries': ['facts'], 'drafts': ['answers', 'receipt'], 'outgoing_emails': ['recipient', 'subject', 'body'],
    'seal_canary': ['sealed'], 'stored_answers': ['words'], 'teams': ['former_names'], 'draft_files': ['name', 'content'],
    'people': ['nicknames', 'former_names', 'tf_totp_secret', 'mf_recovery_codes'],
    'cases': ['told', 'person', 'closing_words', 'handed_over_to', 'standing_reasons'], 'independent_people': ['contact'],
    'received_emails': ['sender', 'subject', 'words', 'left_behind'], 'case_follow_ups': ['settled_words'],
    'case_ombudsman': ['conditions', 'words'], 'case_ombudsman_duties': ['words', 'evidence'],
    'case_parts': ['words', 'reasons'], 'case_second_looks': ['words'],
    'case_stages': ['extension_words', 'draft', 'draft_boxes', 'lateness_words', 'report_words', 'independent_words'],
    'compliments': ['thanked', 'words', 'note', 'from_name', 'asked_words', 'left_out', 'consent_words', 'quote'],
    'duty_calls': ['recipient'], 'lessons': ['lesson', 'action', 'evidence', 'confirmed_words', 'you_said', 'we_did'],
    'case_appointments': ['declared'],
    'case_elements': ['words', 'evidence', 'reasons', 'recommendation', 'independent_comment', 'decision_words'],
    'case_interviews': ['whom', 'override_words'], 'case_messages': ['words', 'boxes', 'whole', 'other_sender'],
    'case_statement_attempts': ['how'], 'case_statements': ['elements', 'desired'], 'files': ['name', 'content', 'transcript'],
}
ON_SQLITE, ON_POSTGRESQL = 'randomblob(16)', 'uuid_send(gen_random_uuid())'


def upgrade():
    at = op.get_bind()
    _refuse_other_keys(at)
    drawn = ON_SQLITE if at.dialect.name == 'sqlite' else ON_POSTGRESQL
    op.create_table('portal_keys',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('text', sa.LargeBinary(), nullable=False),
        sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_portal_keys')),
        sa.UniqueConstraint('purpose', 'version', name=op.f('uq_portal_keys_purpose_version')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_portal_keys_seal_id')),
    )
    op.create_table('passkeys',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=64), nullable=False),
        sa.Column('credential_id', sa.LargeBinary(length=1024), nullable=False),
        sa.Column('public_key', sa.LargeBinary(), nullable=False),
        sa.Column('sign_count', sa.Integer(), nullable=False),
        sa.Column('transports', sa.JSON(), nullable=True),
        sa.Column('backup_state', sa.Boolean(), nullable=False),
        sa.Column('device_type', sa.String(length=64), nullable=False),
        sa.Column('extensions', sa.String(length=255), nullable=True),
        sa.Column('usage', sa.String(length=64), nullable=False),
        sa.Column('lastuse_datetime', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_passkeys_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
        sa.UniqueConstraint('credential_id', name=op.f('uq_passkeys_credential_id')),
    )
    op.create_index(op.f('ix_passkeys_person_id'), 'passkeys', ['person_id'])
    op.create_table('account_requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('asked', sa.String(length=40), nullable=False),
        sa.Column('roles', sa.String(length=400), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('half', sa.LargeBinary(), nullable=False),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_account_requests_asked_by_id_people')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_account_requests_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_account_requests')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_account_requests_seal_id')),
    )
    op.create_index(op.f('ix_account_requests_person_id'), 'account_requests', ['person_id'])
    for table in SEALED:
        op.add_column(table, sa.Column('seal_id', sa.LargeBinary(length=16), nullable=True))
        op.execute(f'update {table} set seal_id = {drawn}')
        with op.batch_alter_table(table) as batch:
            batch.alter_column('seal_id', existing_type=sa.LargeBinary(length=16), nullable=False)
            batch.create_unique_constraint(op.f(f'uq_{table}_seal_id'), ['seal_id'])
            if table == 'cases':
                batch.add_column(sa.Column('index_version', sa.Integer(), nullable=False, server_default='0'))
            if table == 'people':
                batch.add_column(sa.Column('fs_webauthn_user_handle', sa.String(length=64), nullable=True))
                batch.create_unique_constraint(op.f('uq_people_fs_webauthn_user_handle'), ['fs_webauthn_user_handle'])
            if table == 'seal_canary':
                batch.alter_column('sealed', existing_type=sa.LargeBinary(), new_column_name='song')
    with op.batch_alter_table('audit_head') as batch:
        batch.add_column(sa.Column('key_version', sa.Integer(), nullable=False, server_default='1'))
    _seal_why_a_case_is_read_first(at)
    _seal_the_walls(at)
    _make_search_words('mark', sa.BigInteger())


def _refuse_other_keys(at):
    """What is sealed here is lost for whoever has the right keys: with others nothing is begun."""
    kept = at.execute(sa.text('select sealed from seal_canary')).scalar() or at.execute(sa.text('select told from cases')).scalar()
    song = ring.of_the_secret.made_for('canary').hex()
    try:
        fits = kept is None or unseal(bytes(kept), b'').decode() == song or not _has_canary(at)
    except SealBroken:
        fits = False
    if not fits:
        raise RuntimeError(WRONG_KEYS)


def _has_canary(at):
    return at.execute(sa.text('select count(*) from seal_canary')).scalar() > 0


def _seal_why_a_case_is_read_first(at):
    rows = at.execute(sa.text('select id, seal_id, reads_first_why from cases')).all()
    with op.batch_alter_table('cases') as batch:
        batch.drop_column('reads_first_why')
        batch.add_column(sa.Column('reads_first_why', sa.LargeBinary(), nullable=True))
    for case_id, seal_id, why in rows:
        sealed = seal(why.encode(), place_of('cases', 'reads_first_why', bytes(seal_id)))
        at.execute(sa.text('update cases set reads_first_why = :why where id = :id'), {'why': sealed, 'id': case_id})
    with op.batch_alter_table('cases') as batch:
        batch.alter_column('reads_first_why', existing_type=sa.LargeBinary(), nullable=False)


def _seal_the_walls(at):
    rows = at.execute(sa.text('select case_id, person_id, reason from case_walls')).all()
    op.drop_table('case_walls')
    op.create_table('case_walls',
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('person_mark', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('whom', sa.LargeBinary(), nullable=False),
        sa.Column('seal_id', sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_walls_case_id_cases')),
        sa.PrimaryKeyConstraint('case_id', 'person_mark', name=op.f('pk_case_walls')),
        sa.UniqueConstraint('seal_id', name=op.f('uq_case_walls_seal_id')),
    )
    op.create_index(op.f('ix_case_walls_person_mark'), 'case_walls', ['person_mark'])
    key = ring.of_the_secret.made_for('wall')
    for case_id, person_id, reason in rows:
        seal_id, mark = secrets.token_bytes(16), hmac.digest(key, str(person_id).encode(), 'sha256')
        whom = json.dumps({'person_id': person_id, 'reason': reason}).encode()
        row = {'case': case_id, 'mark': int.from_bytes(mark[:8], 'big') >> 1, 'seal': seal_id}
        at.execute(
            sa.text('insert into case_walls (case_id, person_mark, whom, seal_id) values (:case, :mark, :whom, :seal)'),
            row | {'whom': seal(whom, place_of('case_walls', 'whom', seal_id))},
        )


def _make_search_words(name, kind):
    """What search finds by is made anew from what is sealed, by the worker."""
    op.drop_table('case_search_words')
    op.create_table('case_search_words',
        sa.Column(name, kind, autoincrement=False, nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_search_words_case_id_cases')),
        sa.PrimaryKeyConstraint(name, 'case_id', name=op.f('pk_case_search_words')),
    )


def downgrade():
    at = op.get_bind()
    if at.execute(sa.text('select count(*) from portal_keys')).scalar():
        raise RuntimeError('Keys were renewed since. An older version of the portal cannot use them, so this cannot be undone.')
    _make_search_words('word', sa.String(length=16))
    _open_the_walls(at)
    whys = at.execute(sa.text('select id, seal_id, reads_first_why from cases')).all()
    with op.batch_alter_table('cases') as batch:
        batch.drop_column('reads_first_why')
        batch.add_column(sa.Column('reads_first_why', sa.String(length=200), nullable=False, server_default=''))
    for case_id, seal_id, why in whys:
        plain = unseal(bytes(why), place_of('cases', 'reads_first_why', bytes(seal_id))).decode()
        at.execute(sa.text('update cases set reads_first_why = :why where id = :id'), {'why': plain, 'id': case_id})
    with op.batch_alter_table('seal_canary') as batch:
        batch.alter_column('song', existing_type=sa.LargeBinary(), new_column_name='sealed')
    for table, columns in SEALED.items():
        for column in columns:
            _unbind(at, table, column)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f'uq_{table}_seal_id'), type_='unique')
            batch.drop_column('seal_id')
            if table == 'cases':
                batch.drop_column('index_version')
            if table == 'people':
                batch.drop_constraint(op.f('uq_people_fs_webauthn_user_handle'), type_='unique')
                batch.drop_column('fs_webauthn_user_handle')
    with op.batch_alter_table('audit_head') as batch:
        batch.drop_column('key_version')
    op.drop_table('portal_keys')
    op.drop_table('account_requests')
    op.drop_table('passkeys')


def _open_the_walls(at):
    rows = at.execute(sa.text('select case_id, whom, seal_id from case_walls')).all()
    op.drop_table('case_walls')
    op.create_table('case_walls',
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_walls_case_id_cases')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_case_walls_person_id_people')),
        sa.PrimaryKeyConstraint('case_id', 'person_id', name=op.f('pk_case_walls')),
    )
    op.create_index(op.f('ix_case_walls_person_id'), 'case_walls', ['person_id'])
    for case_id, whom, seal_id in rows:
        told = json.loads(unseal(bytes(whom), place_of('case_walls', 'whom', bytes(seal_id))))
        at.execute(
            sa.text('insert into case_walls (case_id, person_id, reason) values (:case, :person, :reason)'),
            {'case': case_id, 'person': told['person_id'], 'reason': told['reason']},
        )


def _unbind(at, table, column):
    """Seal a column's values as before, bound to no place."""
    name = 'song' if table == 'seal_canary' else column
    rows = at.execute(sa.text(f'select seal_id, {column} from {table} where {column} is not null'))
    for seal_id, value in rows.all():
        plain = unseal(bytes(value), place_of(table, name, bytes(seal_id)))
        told = base64.urlsafe_b64decode(ring.unbound.encrypt(plain))
        at.execute(sa.text(f'update {table} set {column} = :told where seal_id = :seal'), {'told': told, 'seal': seal_id})

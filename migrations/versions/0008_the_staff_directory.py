"""The staff directory: teams of their own, nicknames and former names, and the day that someone leaves."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None
TEAMS = (  # as the council called them when this was written
    "Children in Need / Winsford",
    "Children in Need / Chester",
    "Children in Need / Ellesmere Port",
    "CP Court Team / Winsford",
    "CP Court Team / Chester",
    "CP Court Team / Ellesmere Port",
    "Children in Care (Permanence Teams) / Winsford",
    "Children in Care (Permanence Teams) / Ellesmere Port",
    "Leaving Care (Supporting Independence)",
    "Children with Disabilities",
    "Provider Services / Fostering",
    "Provider Services / Adoption",
    "Safeguarding",
    "Integrated Access and Referral Team and Integrated Early Support",
    "Transition Team",
    "Emergency Duty Team",
)


def upgrade():
    teams = op.create_table(
        'teams',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('former_names', sa.LargeBinary(), nullable=True),
        sa.Column('closed_on', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')),
        sa.UniqueConstraint('name', name=op.f('uq_teams_name')),
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('nicknames', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('former_names', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('team_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('left_on', sa.Date(), nullable=True))
        batch_op.create_index(op.f('ix_people_team_id'), ['team_id'], unique=False)
        batch_op.create_foreign_key(op.f('fk_people_team_id'), 'teams', ['team_id'], ['id'])
    _move_teams(teams)
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('team')


def _move_teams(teams):
    """Each name of a team that stands with a person becomes a team, beside those that the annual report counts by."""
    people = sa.table('people', sa.column('team', sa.String), sa.column('team_id', sa.Integer))
    connection = op.get_bind()
    names = connection.scalars(sa.select(people.c.team).where(people.c.team != '').distinct().order_by(people.c.team)).all()
    for name in dict.fromkeys([*TEAMS, *names]):
        connection.execute(teams.insert().values(name=name))
        key = connection.scalar(sa.select(teams.c.id).where(teams.c.name == name))
        connection.execute(people.update().where(people.c.team == name).values(team_id=key))


def downgrade():
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('team', sa.String(length=120), nullable=False, server_default=''))
    op.execute("update people set team = coalesce((select name from teams where teams.id = people.team_id), '')")
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.alter_column('team', existing_type=sa.String(length=120), server_default=None)
        batch_op.drop_constraint(op.f('fk_people_team_id'), type_='foreignkey')
        batch_op.drop_index(op.f('ix_people_team_id'))
        batch_op.drop_column('left_on')
        batch_op.drop_column('team_id')
        batch_op.drop_column('former_names')
        batch_op.drop_column('nicknames')
    op.drop_table('teams')

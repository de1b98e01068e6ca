"""`create_app()`: settings, extensions, rooms, error pages. Start reading here."""

import gc
import os
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from portal.audit.commands import audit_commands
from portal.cards.routes import cards
from portal.cases.services.recounting import follow_the_calendar
from portal.compliments.routes import compliments
from portal.config import Settings, read_settings
from portal.database import db
from portal.demo.commands import demo_commands
from portal.demo.components import components
from portal.desk.commands import casework_commands
from portal.desk.routes.blueprint import desk
from portal.doors.child.routes import child
from portal.doors.commands import intake_commands
from portal.doors.film.routes import film
from portal.doors.front.routes import doors
from portal.doors.journeys.routes import journeys
from portal.doors.own_page.routes import back
from portal.doors.staff_log.routes import staff_log
from portal.doors.thanks.routes import thanks
from portal.extensions import mail, migrate
from portal.film.commands import film_commands
from portal.incoming_email.routes import email
from portal.independent_people.routes import independent_people
from portal.intake.visits import add_visits
from portal.keys.canary import add_key_guard
from portal.keys.commands import keys_commands
from portal.keys.stored import stored_keys, use_keys
from portal.learning.routes import learning
from portal.outbox.commands import outbox_commands
from portal.people.commands import people_commands
from portal.people.oidc import add_council_sign_in
from portal.people.routes import people
from portal.people.sign_in import add_sign_in
from portal.people.sign_in_settings import sign_in_settings
from portal.procedure.roads import RoadNotGood, roads
from portal.reports.commands import register_commands, reports_commands
from portal.reports.routes import reports
from portal.sealing.ring import ring
from portal.secrets_given import SettingMissing
from portal.stage_1.routes import stage_1
from portal.state import check_command
from portal.web.errors import add_error_pages
from portal.web.filters import add_filters
from portal.web.headers import add_headers
from portal.web.language import add_languages
from portal.web.session_cookie import PatientSessions
from portal.web.settings import keep_settings
from portal.web.sound import add_sound
from portal.web.sound_commands import sound_commands
from portal.web.uploads import PatientRequest
from portal.worker import worker_command
from portal.working_days.commands import procedure_commands
from portal.working_days.routes import working_days

ROOT = Path(__file__).parents[1]
ROOMS = (
    doors,
    child,
    back,
    journeys,
    film,
    thanks,
    staff_log,
    email,
    desk,
    stage_1,
    learning,
    compliments,
    independent_people,
    cards,
    reports,
    working_days,
    people,
)
COMMANDS = (
    procedure_commands,
    register_commands,
    reports_commands,
    people_commands,
    outbox_commands,
    audit_commands,
    demo_commands,
    keys_commands,
    casework_commands,
    worker_command,
    check_command,
    sound_commands,
    film_commands,
    intake_commands,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app. Raises SettingMissing when a secret is not set and it is no demo."""
    instance = ROOT / "instance"
    app = Flask("portal", template_folder=ROOT / "templates", static_folder=ROOT / "static", instance_path=str(instance))
    app.request_class = PatientRequest
    settings = settings or read_settings(os.environ, instance)
    app.config.update(settings.for_flask() | sign_in_settings(settings))
    app.session_interface = PatientSessions()
    keep_settings(app, settings)
    ring.load(settings.sealing_keys, settings.secret_key, stored_keys)
    _take_in_roads(settings.roads)
    try:
        db.init_app(app)
    except (ArgumentError, NoSuchModuleError) as trouble:
        raise SettingMissing(f"PORTAL_DATABASE_URL cannot be used: {trouble}") from trouble
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    mail.init_app(app)
    add_key_guard(app)
    add_sign_in(app)
    add_council_sign_in(app, settings)
    use_keys(app)
    app.after_request(add_headers)
    add_filters(app, settings)
    add_languages(app)
    add_sound(app)
    add_visits(app)
    add_error_pages(app)
    follow_the_calendar()
    for room in (*ROOMS, *((components,) if settings.demo else ())):
        app.register_blueprint(room)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def _take_in_roads(file: str) -> None:
    """The council's own roads beside those that come with the portal. Raises SettingMissing with what is wrong in them."""
    try:
        roads.add(Path(file) if file else None)
    except (OSError, RoadNotGood) as trouble:
        raise SettingMissing(f"PORTAL_ROADS: {trouble}") from trouble


def settled(app: Flask) -> Flask:
    """An app that is built and will serve: what was made until now lasts, so Python need not look through it for waste."""
    gc.collect()
    gc.freeze()
    return app

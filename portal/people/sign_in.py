"""Signing in with Flask-Security; the one place where models and the web meet."""

from flask import Flask
from flask_security import SQLAlchemyUserDatastore

from portal.database import db
from portal.extensions import security
from portal.people.access import may, refuse_by_default
from portal.people.models import Person, StaffRole
from portal.people.roles import Deed


def add_sign_in(app: Flask) -> None:
    """Join the people to the app, and shut every page that nobody opened."""
    security.init_app(app, SQLAlchemyUserDatastore(db, Person, StaffRole))
    app.before_request(refuse_by_default)
    app.jinja_env.globals.update(may=may, Deed=Deed)

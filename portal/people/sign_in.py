"""Signing in with Flask-Security; the one place where models and the web meet."""

import hashlib
from typing import Any

from flask import Flask, request
from flask_security import SQLAlchemyUserDatastore

from portal.database import db
from portal.extensions import limiter, security
from portal.people.access import may, refuse_by_default
from portal.people.models import Person, StaffRole
from portal.people.roles import Deed


def add_sign_in(app: Flask) -> None:
    """Join the people to the app, and shut every page that nobody opened."""
    security.init_app(app, SQLAlchemyUserDatastore(db, Person, StaffRole))
    views: dict[str, Any] = app.view_functions
    views["security.login"] = limiter.limit("10 per minute", key_func=account_tried, methods=["POST"])(
        views["security.login"]
    )
    app.before_request(refuse_by_default)
    app.jinja_env.globals.update(may=may, Deed=Deed)


def account_tried() -> str:
    """The account that someone tries to sign in to, so that a whole office behind one address is never slowed."""
    return hashlib.sha256(request.form.get("email", "").strip().lower().encode()).hexdigest()

"""Signing in with Flask-Security; the one place where models and the web meet."""

import hashlib
from typing import Any

from flask import Flask, request
from flask_login import user_logged_out
from flask_security import SQLAlchemyUserDatastore

from portal.database import db
from portal.extensions import limiter, security, visitor
from portal.people.access import may, refuse_by_default
from portal.people.models import Person, StaffRole
from portal.people.roles import Deed
from portal.people.services import end_sessions_of


def add_sign_in(app: Flask) -> None:
    """Join the people to the app, and shut every page that nobody opened."""
    security.init_app(app, SQLAlchemyUserDatastore(db, Person, StaffRole))
    views: dict[str, Any] = app.view_functions
    views["security.login"] = limiter.limit("10 per minute", key_func=account_tried, methods=["POST"])(
        views["security.login"]
    )
    app.login_manager.request_loader(lambda asked: None)  # type: ignore[attr-defined]  # no sign-in by a token in an address
    user_logged_out.connect(_end_every_session, app)
    app.before_request(refuse_by_default)
    app.jinja_env.globals.update(may=may, Deed=Deed)


def _end_every_session(app: Flask, user: Person) -> None:
    """Signing out ends this person's sessions everywhere: a cookie that someone copied is worth nothing after it."""
    if user is not None and user.is_authenticated:
        end_sessions_of(user.id)


def account_tried() -> str:
    """The account that someone tries, and from where: an office is not slowed, and nobody is shut out from elsewhere."""
    account = f"{visitor()} {request.form.get('email', '').strip().lower()}"
    return hashlib.sha256(account.encode()).hexdigest()

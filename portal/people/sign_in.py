"""Signing in with Flask-Security; the one place where models and the web meet."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, after_this_request, redirect, request, session
from flask_login import user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore, current_user, password_changed, user_authenticated

from portal.database import db
from portal.extensions import limiter, visitor
from portal.people.access import may, refuse_by_default
from portal.people.models import Person, StaffRole
from portal.people.passwords import LocalPasswords
from portal.people.roles import Deed
from portal.people.second_factor import OneUseCodes
from portal.people.services import end_sessions_of, note_password_changed, note_signed_in
from portal.people.sessions import change_first_password, end_old_session
from portal.web.reading_only import note_if_possible

security = Security(password_util_cls=LocalPasswords, totp_cls=OneUseCodes)
ASKS_CODE = "security.two_factor_token_validation"
TRIED = ("security.login", ASKS_CODE, "security.mf_recovery")


def add_sign_in(app: Flask) -> None:
    """Join the people to the app, and shut every page that nobody opened."""
    people = SQLAlchemyUserDatastore(db, Person, StaffRole)
    security.init_app(app, people)
    views: dict[str, Any] = app.view_functions
    views[ASKS_CODE] = _unless_signed_in(views[ASKS_CODE])
    for endpoint in TRIED:
        views[endpoint] = limiter.limit("10 per minute", key_func=account_tried, methods=["POST"])(views[endpoint])
    app.login_manager.request_loader(lambda asked: None)  # type: ignore[attr-defined]  # no sign-in by a token in an address
    user_logged_out.connect(_end_every_session, app)
    password_changed.connect(_note_changed, app)
    user_authenticated.connect(_note_signed_in, app)
    for check in (end_old_session, change_first_password, refuse_by_default):
        app.before_request(check)
    app.jinja_env.globals.update(may=may, Deed=Deed)


def _end_every_session(app: Flask, user: Person) -> None:
    """Signing out ends this person's sessions everywhere: a cookie that someone copied is worth nothing after it."""
    if user is not None and user.is_authenticated:
        note_if_possible(end_sessions_of, user.id)


def _note_changed(app: Flask, user: Person, **more: object) -> None:
    """A first password that was changed is the person's own: written down once Flask-Security has kept the new one."""
    person_id = user.id

    def keep(response: Response) -> Response:
        db.session.commit()  # first what Flask-Security changed: a deed of ours begins with a clean session
        note_password_changed(person_id)
        return response

    after_this_request(keep)


def _note_signed_in(app: Flask, user: Person, **more: object) -> None:
    """Who signed in, and how: written down once Flask-Security has kept what it changed."""
    person_id, how = user.id, ", ".join(more.get("authn_via") or ())  # type: ignore[arg-type]

    def keep(response: Response) -> Response:
        note_if_possible(db.session.commit)  # who comes to read while nothing can be kept is let in
        note_if_possible(note_signed_in, person_id, how)
        return response

    after_this_request(keep)


def _unless_signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page that asks for a code is for those who are not in yet; Flask-Security would sign anyone else out."""

    @wraps(view)
    def shown(**values: Any) -> Any:
        return redirect("/staff/") if current_user.is_authenticated else view(**values)

    return shown


def account_tried() -> str:
    """The account that someone tries, and from where: an office is not slowed, and nobody is shut out from elsewhere."""
    account = f"{visitor()} {request.form.get('email', '').strip().lower()} {session.get('tf_user_id', '')}"
    return hashlib.sha256(account.encode()).hexdigest()

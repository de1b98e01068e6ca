"""Signing in with Flask-Security; the one place where models and the web meet."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    after_this_request,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask_login import user_logged_out
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    current_user,
    password_changed,
    user_authenticated,
    wan_deleted,
    wan_registered,
)
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from portal.database import db, transaction
from portal.keys.stored import keys_read
from portal.people.access import may, refuse_by_default
from portal.people.attempts import STEPS, counted, know_device
from portal.people.forms import SignInForm
from portal.people.menu import menu
from portal.people.models import Passkey, Person, StaffRole
from portal.people.passkeys import NewPasskeyForm, OurPasskeys, UsePasskeyForm
from portal.people.passwords import LocalPasswords
from portal.people.roles import Permission
from portal.people.second_factor import OneUseCodes
from portal.people.services import (
    PASSKEY_ADDED,
    PASSKEY_TAKEN_AWAY,
    RECOVERY_CODES_MADE,
    SECOND_FACTOR_SET,
    note_on_account,
    note_password_changed,
    note_signed_in,
    note_signed_out,
)
from portal.people.sessions import (
    WAITS_FOR_CODES,
    begin_session,
    change_first_password,
    end_old_session,
    keep_recovery_codes,
)
from portal.web.reading_only import note_if_possible

security = Security(
    password_util_cls=LocalPasswords,
    totp_cls=OneUseCodes,
    login_form=SignInForm,
    webauthn_util_cls=OurPasskeys,
    wan_register_form=NewPasskeyForm,
    wan_signin_response_form=UsePasskeyForm,
)
ASKS_CODE = "security.two_factor_token_validation"
RECOVERY_CODES = "security.mf_recovery_codes"


class People(SQLAlchemyUserDatastore):  # type: ignore[misc]
    """The people as Flask-Security keeps them; a new second factor is written down, once it is kept."""

    def tf_set(self, user: Person, *facts: Any, **more: Any) -> None:
        """Keep someone's second factor. Flask-Security does so at each sign-in, also when it is the one of before."""
        before = user.tf_totp_secret
        super().tf_set(user, *facts, **more)
        if user.tf_totp_secret != before:
            session[WAITS_FOR_CODES] = not user.mf_recovery_codes
            _once_kept(partial(note_on_account, SECOND_FACTOR_SET), user.id)

    def mf_delete_recovery_code(self, user: Person, idx: int) -> bool:
        """Take away a recovery code that was used; says whether it was there.

        Under a lock, and beside what is kept by now: the same code sent twice at once lets in once.
        """
        wanted = (user.mf_recovery_codes or [])[idx : idx + 1]
        with transaction() as session:
            person = session.scalars(select(Person).where(Person.id == user.id).with_for_update(of=Person)).one()
            kept = person.mf_recovery_codes or []
            if not wanted or wanted[0] not in kept:
                abort(429)
            person.mf_recovery_codes = [code for code in kept if code != wanted[0]]
        return True


def add_sign_in(app: Flask) -> None:
    """Join the people to the app, and shut every page that nobody opened."""
    people = People(db, Person, StaffRole, Passkey)
    security.init_app(app, people)
    security.want_json(lambda asked: False)  # answers for programs would be another way in, with other statuses
    views: dict[str, Any] = app.view_functions
    views[ASKS_CODE] = _unless_signed_in(views[ASKS_CODE])
    for endpoint in STEPS:
        views[endpoint] = counted(views[endpoint])
    views[RECOVERY_CODES] = _noting_new_codes(views[RECOVERY_CODES])
    app.login_manager.request_loader(lambda asked: None)  # type: ignore[attr-defined]  # no sign-in by a token in an address
    keys_read.connect(_take_keys, app)
    user_logged_out.connect(_end_every_session, app)
    password_changed.connect(_note_changed, app)
    wan_registered.connect(_note_passkey, app)
    wan_deleted.connect(_note_passkey_gone, app)
    user_authenticated.connect(_note_signed_in, app)
    for check in (end_old_session, change_first_password, keep_recovery_codes, refuse_by_default):
        app.before_request(check)
    app.jinja_env.globals.update(may=may, menu=menu, Permission=Permission, form_token=generate_csrf)


def _take_keys(app: Flask) -> None:
    """Flask-Security keeps what it made of keys that have changed since."""
    security.totp_factory.take_keys()
    security.wan_serializer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt=app.config["SECURITY_WAN_SALT"])


def _end_every_session(app: Flask, user: Person) -> None:
    """Signing out ends this person's sessions everywhere: a cookie that someone copied is worth nothing after it."""
    if user is not None and user.is_authenticated:
        note_if_possible(note_signed_out, user.id)


def _once_kept(note: Callable[[int], None], person_id: int) -> None:
    """Write something down when the answer goes: first what Flask-Security changed, for an action of ours begins clean."""

    def keep(response: Response) -> Response:
        db.session.commit()
        note(person_id)
        return response

    after_this_request(keep)


def _note_changed(app: Flask, user: Person, **more: object) -> None:
    """A first password that was changed is the person's own."""
    _once_kept(note_password_changed, user.id)


def _note_passkey(app: Flask, user: Person, name: str, **more: object) -> None:
    """A new way in is written down, and the person is told."""
    flash(f"The passkey {name} is kept. You can sign in with it from now on.")
    _once_kept(partial(note_on_account, PASSKEY_ADDED), user.id)


def _note_passkey_gone(app: Flask, user: Person, name: str, **more: object) -> None:
    """So is one that is gone."""
    flash(f"The passkey {name} is taken away.")
    _once_kept(partial(note_on_account, PASSKEY_TAKEN_AWAY), user.id)


def _note_signed_in(app: Flask, user: Person, **more: object) -> None:
    """Who signed in, and how: written down once Flask-Security has kept what it changed."""
    person_id, how = user.id, ", ".join(more.get("authn_via") or ())  # type: ignore[arg-type]
    begin_session()

    def keep(response: Response) -> Response:
        note_if_possible(db.session.commit)  # who comes to read while nothing can be kept is let in
        note_if_possible(note_signed_in, person_id, how)
        know_device(response, person_id)
        return response

    after_this_request(keep)


def _noting_new_codes(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page of recovery codes: making new ones is written down. Whoever has just set up a second factor gets theirs."""

    @wraps(view)
    def shown(**values: Any) -> Any:
        if session.pop(WAITS_FOR_CODES, False) and current_user.is_authenticated:
            codes = security.mf_recovery_codes_util.create_recovery_codes(current_user)
            _once_kept(partial(note_on_account, RECOVERY_CODES_MADE), current_user.id)
            return render_template("people/recovery_codes.html", recovery_codes=codes)
        answer = make_response(view(**values))
        if request.method == "POST" and answer.status_code == 200 and current_user.is_authenticated:
            _once_kept(partial(note_on_account, RECOVERY_CODES_MADE), current_user.id)
        return answer

    return shown


def _unless_signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page that asks for a code is for those who are not in yet; Flask-Security would sign anyone else out."""

    @wraps(view)
    def shown(**values: Any) -> Any:
        return redirect("/staff/") if current_user.is_authenticated else view(**values)

    return shown

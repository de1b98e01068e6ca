"""Shut by default: a page without `open_to_all` or `needs(…)` is refused to everyone."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from portal.people.models import Person
from portal.people.roles import Permission, permissions_of

View = TypeVar("View", bound=Callable[..., Any])
OPEN = "open to all"
OPEN_ENDPOINTS = frozenset(
    {
        "static",
        "security.login",
        "security.logout",
        "security.two_factor_setup",  # these three ask for the password first, and say nothing without it
        "security.two_factor_token_validation",
        "security.mf_recovery",
        "security.tf_select",  # so do these
        "security.wan_signin",
        "security.wan_signin_response",
    }
)
SIGNED_IN = "signed in"
SIGNED_IN_ENDPOINTS = frozenset(
    {
        "security.change_password",
        "security.mf_recovery_codes",
        "security.two_factor_setup_validate",
        "security.wan_register",
        "security.wan_register_response",
        "security.wan_delete",
        "people_pages.my_sign_in",
        "doors.staff",
    }
)


def open_to_all(view: View) -> View:
    """Let anyone in, signed in or not."""
    view.access = OPEN  # type: ignore[attr-defined]
    return view


def needs(permission: Permission) -> Callable[[View], View]:
    """Let in whoever has this permission; send others to sign in, or tell them no."""

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return mark


def access_of(app: Flask, endpoint: str) -> Permission | str | None:
    """Who may use an endpoint: a permission, SIGNED_IN, OPEN, or None when nobody said and so nobody may."""
    if endpoint in OPEN_ENDPOINTS:
        return OPEN
    if endpoint in SIGNED_IN_ENDPOINTS:
        return SIGNED_IN
    return getattr(app.view_functions[endpoint], "access", None)


def refuse_by_default() -> ResponseReturnValue | None:
    """Before every request: let it through, ask for a sign-in, or refuse."""
    if request.endpoint is None:
        return None
    access = access_of(current_app, request.endpoint)
    if access == OPEN:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("security.login", next=request.full_path if request.method == "GET" else None))
    if access == SIGNED_IN:
        return None
    if access is None or access not in permissions_of([role.name for role in current_user.roles]):
        abort(403)
    return None


def me() -> Person:
    """The person who is signed in."""
    return current_user._get_current_object()  # type: ignore[no-any-return]


def may(permission: Permission) -> bool:
    """Whether the person who is signed in has a permission."""
    return current_user.is_authenticated and permission in permissions_of([role.name for role in current_user.roles])

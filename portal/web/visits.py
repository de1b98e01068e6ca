"""A visit: what one browser does until it leaves. Every form carries its mark, inside the token that proves it is ours."""

import hashlib

from flask import current_app, session
from itsdangerous import BadData, URLSafeTimedSerializer

IN_FORMS = "csrf_token"


def current_mark() -> str:
    """The mark of this visit; empty before it met a form."""
    return _mark(session.get(IN_FORMS))


def mark_in(token: str) -> str:
    """The mark of the visit in which a form was made; empty when the form is not ours."""
    try:
        return _mark(URLSafeTimedSerializer(current_app.config["WTF_CSRF_SECRET_KEY"], salt="wtf-csrf-token").loads(token))
    except BadData:
        return ""


def _mark(inside: object) -> str:
    return hashlib.sha256(inside.encode()).hexdigest() if isinstance(inside, str) else ""

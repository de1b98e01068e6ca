"""The Flask extensions, made once and joined to the app in `app.py`."""

import hashlib

from flask import request
from flask_limiter import Limiter
from flask_mail import Mail
from flask_migrate import Migrate

from portal import clock
from portal.sealing import ring


def visitor() -> str:
    """A name for who is knocking that lasts one day and cannot be turned back into an address."""
    day = ring.hash_key(f"visitor {clock.today()}")
    return hashlib.blake2b((request.remote_addr or "").encode(), key=day, digest_size=8).hexdigest()


mail = Mail()
migrate = Migrate(render_as_batch=True, compare_type=True)
limiter = Limiter(visitor)

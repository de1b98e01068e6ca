"""The Flask extensions, made once and joined to the app in `app.py`."""

import hashlib
import ipaddress

from flask import request
from flask_mail import Mail
from flask_migrate import Migrate
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from portal import clock
from portal.sealing.ring import Purpose, ring


def visitor() -> str:
    """A name for who is knocking that lasts one day and cannot be turned back into an address.

    A household has a whole /64 of IPv6 (RFC 6177), so that is one visitor.
    """
    day = ring.key(Purpose.FORMS, f"visitor {clock.today()}")
    return hashlib.blake2b(_place(request.remote_addr or "").encode(), key=day, digest_size=8).hexdigest()


def _place(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((known, 64), strict=False))


mail = Mail()
migrate = Migrate(render_as_batch=True, compare_type=True)
limiter = FixedWindowRateLimiter(MemoryStorage())  # how often somebody did something; forgotten with the process

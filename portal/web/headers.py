"""What every answer carries: nothing is kept, nothing is told to other sites, and nothing runs that we did not write."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Response, request
from markupsafe import Markup

STATIC = Path(__file__).parents[2] / "static"


@cache
def child_style() -> Markup:
    """The style of a child's pages, sent inside the page so that one request is enough."""
    lines = (line.strip() for line in (STATIC / "css" / "child.css").read_text(encoding="utf-8").splitlines())
    return Markup("".join(line for line in lines if line and not line.startswith("/*")))  # noqa: S704 - our own file


@cache
def child_script() -> Markup:
    """The script of a child's pages: it makes leaving faster and keeps what is typed; every page works without it."""
    lines = (STATIC / "js" / "child.js").read_text(encoding="utf-8").splitlines()
    script = "\n".join(line.strip() for line in lines if line and not line.startswith("//"))
    return Markup(re.sub(r"(?<=[;{,])\n", "", script))  # noqa: S704 - our own file


@cache
def content_policy() -> str:
    """The content security policy: our own files, and the one inline style and the one inline script by their hashes."""
    return (
        f"default-src 'none'; style-src 'self' {_hash_of(child_style())}; script-src 'self' {_hash_of(child_script())}; "
        "img-src 'self' data:; media-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def _hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def add_headers(response: Response) -> Response:
    """Give an answer the headers that keep it private: what it may load, and that nothing of it is stored."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_policy())
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(), interest-cohort=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response

"""Giving out a file or a page on paper: its name never reaches a header unescaped, and nothing in it can run."""

from urllib.parse import quote

from flask import Response, request

SHUT_IN = "default-src 'none'; frame-ancestors 'none'; sandbox"


def download(content: bytes, media_type: str, name: str, *, is_shown: bool) -> Response:
    """A file as an answer: shown in the browser when we made it ourselves, else kept as a download.

    A part of it is given to whoever asks for a part, as telephones do of everything that they play.
    """
    answer = Response(content, mimetype=media_type)
    how = "inline" if is_shown else "attachment"
    answer.headers["Content-Disposition"] = f"{how}; filename=\"file\"; filename*=UTF-8''{quote(name, safe='')}"
    answer.headers["Content-Security-Policy"] = SHUT_IN
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))
    return answer


def pdf(content: bytes, name: str) -> Response:
    """A page on paper that we made, under a plain name of ours."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer

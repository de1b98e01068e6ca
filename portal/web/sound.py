"""Listening to a child's page: the page's own address with `?sound=1` is the page read aloud, without any script."""

import threading
from pathlib import Path

from flask import Flask, Response, current_app, request

from portal.speech.lines import lines_of
from portal.speech.voice import NoVoice, has_voice, read_aloud
from portal.web.language import is_for_a_child, language
from portal.web.public_form import is_too_much

ASKED = "sound"
AT_ONCE, SECONDS_IN_LINE = 2, 8
_speaking = threading.BoundedSemaphore(AT_ONCE)  # speaking takes a whole core: the other pages must go on


def add_sound(app: Flask) -> None:
    """Read a page aloud where that is asked for, and let templates know where it can be."""
    app.jinja_env.globals["can_listen"] = lambda: has_voice(language().code)
    app.after_request(_read_page_aloud)


def _read_page_aloud(page: Response) -> Response:
    is_asked = request.method == "GET" and request.args.get(ASKED) == "1" and is_for_a_child(request.path)
    if not is_asked or page.status_code != 200 or page.mimetype != "text/html":
        return page
    if is_too_much(ASKED):
        return Response(status=429)
    if not _speaking.acquire(timeout=SECONDS_IN_LINE):
        return Response(status=503, headers={"Retry-After": "10"})
    try:
        sound = read_aloud(lines_of(page.get_data(as_text=True)), language().code, Path(current_app.instance_path))
    except NoVoice:
        return Response(status=404)
    finally:
        _speaking.release()
    answer = Response(sound, mimetype="audio/mpeg")
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=len(sound))
    return answer

"""Pages of fixed words: made once for each language, then filled with what is the visitor's own.

Nothing in them differs but the token of their form and the mark of the visit. Where more does (on a visitor's tablet, beside
a draft with a key of its own, for somebody who is not safe) the page is made anew.
"""

from typing import Any

from flask import current_app, g, render_template, request, session
from flask_wtf.csrf import generate_csrf

from portal.intake.sessions import VISIT, is_not_safe, key_of
from portal.intake.visits import visit_mark
from portal.web.language import language

TOKEN, MARK = "{the token of the form}", "{the mark of the visit}"
KEPT, MAY_CHANGE = "fixed pages", ("has_film", "can_listen")


def fixed_page(template: str, door: str, **facts: Any) -> str:
    """A page of fixed words of a door."""
    token = generate_csrf()
    mark = visit_mark()
    if session.get(VISIT) or is_not_safe() or key_of(door) or g.get("typed") or current_app.debug:
        return render_template(template, **facts)
    kept = current_app.extensions.setdefault(KEPT, {})
    ask: Any = current_app.jinja_env.globals
    page = (request.path, language().code, *(ask[name]() for name in MAY_CHANGE))
    if page not in kept:
        kept[page] = render_template(template, **facts).replace(token, TOKEN).replace(mark, MARK)
    made: str = kept[page]
    return made.replace(TOKEN, token).replace(MARK, mark)

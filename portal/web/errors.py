"""Error pages: what happened, and what to do next."""

import secrets

from flask import Flask, Response, abort, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.exceptions import HTTPException, SecurityError

from portal.database import TAKES_NOTHING, db
from portal.failures import told
from portal.languages.phrase import phrase
from portal.sealing.values import SealBroken, WrongKeys
from portal.web.language import is_for_a_child

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")
REFUSALS = {400, 403, 405, 413}  # what no page of ours leads to: whoever probes is seen in the log
SHORT_POSTS, MAX_SHORT_POST = ("security.login", "security.change_password", "security.mf_recovery"), 10_000
WORDS = {
    400: (phrase("We could not read that"), phrase("Go back and try again. If it happens again, tell us what you did.")),
    403: (
        phrase("You cannot open this page"),
        phrase("Your role does not include it. Ask the Customer Relations Team if you need it."),
    ),
    404: (phrase("We cannot find that page"), phrase("Check the address, or start again from the first page.")),
    405: (phrase("That cannot be done here"), phrase("Go back and use the buttons on the page.")),
    413: (
        phrase("That is too long to send in one go"),
        phrase("Send it in smaller parts. Try without the photo or the recording."),
    ),
    429: (phrase("Wait a minute and try again"), phrase("There were many tries just now. You have done nothing wrong.")),
    500: (
        phrase("Something went wrong on our side"),
        phrase("Nothing was half done. Go back and try again in a few minutes."),
    ),
}
DOES_NOT_OPEN = (
    "Something on this page does not open",
    "It was changed, or lies where it was not sealed for, or its key is missing. Tell whoever looks after the portal: "
    "flask --app wsgi keys try names what it is.",
)


def add_error_pages(app: Flask) -> None:
    """Show every error as a page of ours."""
    app.before_request(_refuse_what_no_page_sends)
    app.register_error_handler(SecurityError, _another_address)
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(Exception, _show_failure)


def _another_address(trouble: SecurityError) -> ResponseReturnValue:
    """Somebody came by a name that is not the portal's; no page can be drawn for an address that is not known."""
    return Response("This is not the address of this site.\n", 400, mimetype="text/plain")


def error_page(status: int, heading: str, what_to_do: str) -> ResponseReturnValue:
    """One error page, in the child's or the adult's clothes."""
    is_staff = request.path.startswith("/staff") and current_user.is_authenticated
    base = "child_base.html" if is_for_a_child(request.path) else "staff_base.html" if is_staff else "public_base.html"
    return render_template("errors/error.html", base=base, heading=heading, what_to_do=what_to_do), status


def _refuse_what_no_page_sends() -> None:
    """A zero character in an address, a post that is no form, a password of megabytes: no browser of ours sends them."""
    if "\x00" in request.path or any("\x00" in value for values in request.args.listvalues() for value in values):
        abort(404)
    if request.method == "POST" and request.mimetype not in FORMS:
        abort(400)
    if request.endpoint in SHORT_POSTS and (request.content_length or 0) > MAX_SHORT_POST:
        abort(413)


def _show(trouble: HTTPException) -> ResponseReturnValue:
    if trouble.code is None or trouble.code < 400:
        return trouble.get_response()
    if isinstance(getattr(trouble, "original_exception", None), TAKES_NOTHING):  # what came after a page was made
        return _not_now()
    if trouble.code >= 500:
        db.session.rollback()
    if trouble.code in REFUSALS:
        who = f"person {current_user.id}" if trouble.code == 403 and current_user.is_authenticated else "somebody"
        current_app.logger.warning("refused: %s for %s (%s)", trouble.code, who, request.endpoint)
    heading, what_to_do = WORDS.get(trouble.code, WORDS[400 if trouble.code < 500 else 500])
    return error_page(trouble.code, heading, what_to_do)


def _show_failure(trouble: Exception) -> ResponseReturnValue:
    """A mistake of ours: in the log with every frame, and a number that the page shows; never with what anyone typed."""
    g.failure = secrets.token_hex(4)
    current_app.logger.error("failed %s: %s (%s)", g.failure, told(trouble), request.endpoint)
    if isinstance(trouble, (*TAKES_NOTHING, WrongKeys)):
        return _not_now()
    if isinstance(trouble, SealBroken):
        db.session.rollback()
        return error_page(500, *(DOES_NOT_OPEN if request.path.startswith("/staff") else WORDS[500]))
    if current_app.testing or current_app.debug:
        raise trouble
    return error_page(500, *WORDS[500])


def _goes_again() -> bool:
    """Whether the page keeps what was sent: never what someone signs in with."""
    return request.method == "POST" and not (request.endpoint or "").startswith("security.")


def _not_now() -> ResponseReturnValue:
    """The database does not answer or takes nothing: what was typed stays on the page, with whom to call meanwhile."""
    db.session.rollback()
    is_child = is_for_a_child(request.path)
    again = [(name, value) for name, value in request.form.items(multi=True)] if _goes_again() else []
    facts = {"base": "child_base.html" if is_child else "public_base.html", "is_child": is_child, "again": again}
    facts["had_file"] = any(file.filename for file in request.files.values())
    page = current_app.jinja_env.get_template("errors/not_now.html").render(**facts)  # render_template asks who is signed in
    return page, 503, {"Retry-After": "300"}

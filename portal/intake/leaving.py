"""Leaving: everything of a visit is wiped, and the browser lets go of the pages that it keeps whole.

A browser drops such pages when a cookie changes, but not the page that it is just leaving: its cookie changed too early. So
leaving takes two steps. The first shows a blank page, at once; the second changes the cookie again, when the page that was
left lies with the others.
"""

from flask import Response, session, url_for

from portal.intake.sessions import forget_everything
from portal.languages.catalogues import ENGLISH

LEFT, NOWHERE = "left", ""
BLANK = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>.</title></head><body></body></html>'


def leave_for(where: str, reads_in: str = ENGLISH) -> Response:
    """Wipe everything of this visit, show a blank page, and go on to a page of ours, or somewhere neutral."""
    forget_everything()
    session[LEFT] = [where, reads_in]
    return Response(BLANK, headers={"Refresh": f"0;url={url_for('doors.left')}", "Clear-Site-Data": '"cache", "storage"'})

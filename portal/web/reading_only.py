"""When the database takes nothing, because the disk is full or it is being moved: reading goes on, and saying so."""

from collections.abc import Callable

from flask import current_app, g

from portal.database import TAKES_NOTHING, db


def note_if_possible(note: Callable[..., object], *facts: object, **more: object) -> bool:
    """Write down that someone signed in or read something. When it cannot be kept, the log has it, and reading goes on.

    Only for such notes: an action that cannot be kept fails, and the page says so. Says whether it was kept.
    """
    try:
        note(*facts, **more)
    except TAKES_NOTHING as trouble:
        db.session.rollback()
        g.nothing_is_kept = True
        who, at = more.get("by_id", facts[:1]), more.get("at", "")
        current_app.logger.error("not kept in the audit (%s): %s by %s %s", type(trouble).__name__, note.__name__, who, at)
        return False
    return True


def nothing_is_kept() -> bool:
    """Whether something could not be kept on the way to this page."""
    return bool(g.get("nothing_is_kept"))

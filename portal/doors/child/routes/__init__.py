"""A child's pages."""

from portal.doors.child.forms.more import QUESTIONS
from portal.doors.child.routes import more, not_safe
from portal.doors.child.routes.screens import child
from portal.intake.visits import need_a_draft

for page in ("kind", "about", "words", "find", "must_not_see", "ask_for_side"):
    need_a_draft(f"child.{page}")
need_a_draft("child.more", QUESTIONS)

__all__ = ["child", "more", "not_safe"]

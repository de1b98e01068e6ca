"""The doors."""

from portal.intake.routes import child_more, child_not_safe
from portal.intake.routes.back import back
from portal.intake.routes.child import child
from portal.intake.routes.doors import doors
from portal.intake.routes.email import email
from portal.intake.routes.film import film
from portal.intake.routes.journeys import journeys
from portal.intake.routes.staff_log import staff_log
from portal.intake.routes.thanks import thanks

__all__ = ["back", "child", "child_more", "child_not_safe", "doors", "email", "film", "journeys", "staff_log", "thanks"]

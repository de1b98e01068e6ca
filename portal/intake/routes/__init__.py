"""The doors."""

from portal.intake.routes import child_more
from portal.intake.routes.back import back
from portal.intake.routes.child import child
from portal.intake.routes.doors import doors
from portal.intake.routes.film import film
from portal.intake.routes.journeys import journeys

__all__ = ["back", "child", "child_more", "doors", "film", "journeys"]

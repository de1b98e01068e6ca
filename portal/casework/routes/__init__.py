"""The desk."""

from portal.casework.errors import CaseNotFound, NotComplete
from portal.casework.routes import case, parts, queue, stage_1
from portal.casework.routes.blueprint import casework
from portal.casework.routes.opened import not_found

casework.register_error_handler(CaseNotFound, not_found)
casework.register_error_handler(NotComplete, lambda trouble: not_found(CaseNotFound()))

__all__ = ["case", "casework", "parts", "queue", "stage_1"]

"""The desk."""

from portal.casework.errors import CaseNotFound, NotComplete
from portal.casework.routes import case, parts, queue, stage_1
from portal.casework.routes.blueprint import casework
from portal.casework.routes.opened import cannot_do, not_found
from portal.procedure.errors import RuleError

casework.register_error_handler(CaseNotFound, not_found)
casework.register_error_handler(NotComplete, cannot_do)
casework.register_error_handler(RuleError, cannot_do)

__all__ = ["case", "casework", "parts", "queue", "stage_1"]

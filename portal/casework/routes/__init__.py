"""The desk."""

from portal.casework.errors import CaseNotFound, NotComplete, ReasonNeeded
from portal.casework.routes import case, files, looks, parts, queue, stage_1, walls
from portal.casework.routes.blueprint import casework
from portal.casework.routes.opened import ask_why, cannot_do, not_found
from portal.procedure.errors import RuleError

casework.register_error_handler(CaseNotFound, not_found)
casework.register_error_handler(ReasonNeeded, ask_why)
casework.register_error_handler(NotComplete, cannot_do)
casework.register_error_handler(RuleError, cannot_do)

__all__ = ["case", "casework", "files", "looks", "parts", "queue", "stage_1", "walls"]

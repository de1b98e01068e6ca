"""The desk."""

from portal.cases.opened import add_refusals
from portal.desk.routes import (
    access_review,
    case,
    caseload,
    every_action,
    files,
    handing_over,
    overview,
    papers,
    queue,
    walls,
)
from portal.desk.routes.blueprint import desk

add_refusals(desk)

__all__ = [
    "access_review",
    "case",
    "caseload",
    "desk",
    "every_action",
    "files",
    "handing_over",
    "overview",
    "papers",
    "queue",
    "walls",
]

"""The desk."""

from portal.cases.opened import add_refusals
from portal.desk.routes import (
    case,
    caseload,
    every_action,
    files,
    handing_over,
    looks,
    overview,
    papers,
    queue,
    walls,
)
from portal.desk.routes.blueprint import desk

add_refusals(desk)

__all__ = [
    "case",
    "caseload",
    "desk",
    "every_action",
    "files",
    "handing_over",
    "looks",
    "overview",
    "papers",
    "queue",
    "walls",
]

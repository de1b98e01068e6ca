"""The desk."""

from portal.casework.routes import (
    case,
    caseload,
    coming_back,
    files,
    handing_over,
    looks,
    overview,
    papers,
    parts,
    queue,
    stage_1,
    steps,
    stored_answers,
    walls,
)
from portal.casework.routes.blueprint import casework
from portal.casework.routes.opened import add_refusals

add_refusals(casework)

__all__ = [
    "add_refusals",
    "case",
    "caseload",
    "casework",
    "coming_back",
    "files",
    "handing_over",
    "looks",
    "overview",
    "papers",
    "parts",
    "queue",
    "stage_1",
    "steps",
    "stored_answers",
    "walls",
]

"""The desk."""

from portal.cases.opened import add_refusals
from portal.desk.routes import (
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
from portal.desk.routes.blueprint import desk

add_refusals(desk)

__all__ = [
    "case",
    "caseload",
    "coming_back",
    "desk",
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

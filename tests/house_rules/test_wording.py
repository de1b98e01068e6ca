"""Every event has its line in the timeline, every email its two files, every letter its facts."""

from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from portal import wording
from portal.audit.events import DECLARED

TEMPLATES = Path(__file__).parents[2] / "templates"
PORTAL = Path(__file__).parents[2] / "portal"
OF_OTHERS = ("portal.compliments", "portal.audit")  # no case has these in its timeline
NAMES = [path.relative_to(PORTAL.parent).with_suffix("").as_posix().replace("/", ".") for path in PORTAL.glob("*/events.py")]
ROOMS = [name for name in NAMES if not name.startswith(OF_OTHERS)]
ROOMS += [f"portal.{room}.services" for room in ("duty", "files", "learning")]
OF_CASES = [event for room in ROOMS for event in vars(import_module(room)).values() if type(event).__name__ == "Event"]


@pytest.mark.parametrize("event", OF_CASES, ids=lambda event: event.name)
def test_an_event_of_a_case_is_told_in_its_timeline(app, event):
    facts = dict.fromkeys(event.facts, "something")
    told = app.jinja_env.get_template(event.partial).render(facts=facts, names={})
    assert told.strip()


def test_whoever_is_appointed_from_outside_reads_only_what_is_marked_as_for_them():
    """What is new is for nobody from outside until somebody says so."""
    hidden = {event.name for event in OF_CASES if not event.is_for_outsiders}
    assert {"case_linked", "wall_put_up", "strand_answered", "reminded", "lesson_written"} <= hidden
    assert {"statement_agreed", "element_found", "appointed", "letter_left"} & hidden == set()


def test_there_is_no_timeline_line_without_an_event():
    assert {path.stem for path in (TEMPLATES / "timeline").iterdir()} == {event.name for event in OF_CASES}
    assert {event.name for event in OF_CASES} <= DECLARED.keys()


@pytest.mark.parametrize("folder", sorted((TEMPLATES / "emails").iterdir()), ids=lambda folder: folder.name)
def test_an_email_has_a_subject_and_a_body(folder):
    assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt"}


def test_a_letter_with_a_missing_fact_is_an_error_not_a_gap():
    with pytest.raises(UndefinedError):
        wording.render("emails/letter/subject.txt")


def test_codes_become_words():
    assert [wording.label("partially_upheld"), wording.in_words("qr_card")] == ["Partially upheld", "QR card"]

"""Every event has its line in the timeline, every email its two files, every letter its facts."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

import portal.cases.events
import portal.closing.events
import portal.coming_back.events
import portal.correspondence.events
import portal.desk.events
import portal.duty.services
import portal.files.services
import portal.later_stages.events
import portal.learning.services
import portal.other_routes.events
import portal.stage_1.events
import portal.triage.events
from portal import wording
from portal.audit.events import DECLARED

TEMPLATES = Path(__file__).parents[2] / "templates"
ROOMS = (
    *(portal.cases.events, portal.correspondence.events, portal.triage.events, portal.closing.events),
    *(portal.stage_1.events, portal.later_stages.events, portal.other_routes.events, portal.coming_back.events),
    *(portal.desk.events, portal.duty.services, portal.files.services, portal.learning.services),
)
OF_CASES = [event for room in ROOMS for event in vars(room).values() if type(event).__name__ == "Event"]


@pytest.mark.parametrize("event", OF_CASES, ids=lambda event: event.name)
def test_an_event_of_a_case_is_told_in_its_timeline(app, event):
    facts = dict.fromkeys(event.facts, "something")
    told = app.jinja_env.get_template(event.partial).render(facts=facts, names={})
    assert told.strip()


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

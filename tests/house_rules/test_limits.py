"""The page of limits says what the code does."""

from pathlib import Path

import pytest

from portal.cases.queries import MAX_SEARCHED
from portal.cases.search_marks import CASES_IN_A_GROUP
from portal.cases.services.stock_of_words import FULL, LOW
from portal.config import MAX_FORM_SIZE, MAX_POST_SIZE
from portal.doors.own_page.routes import READ_FOR_SECONDS
from portal.files.kinds import MAX_FILE_SIZE, MAX_FILM, MAX_SOUND
from portal.intake.services.drafts import MAX_DRAFT_SIZE, MAX_FILES
from portal.keys.services import LET_GO
from portal.people import attempts
from portal.people.services import FIRST_PASSWORD_FOR
from portal.people.sessions import IDLE, IN_ALL, JUST_NOW
from portal.sealing.ring import Purpose
from portal.web.forms import MAX_LINE_LENGTH, MAX_TEXT_LENGTH
from portal.web.public_form import LIMITS

PAGE = (Path(__file__).parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")
MB, MINUTE = 1024 * 1024, 60
SPANS = {60: "a minute", 600: "in 10 minutes", 900: "in 15 minutes", 3600: "an hour", 86400: "a day"}


def told(limits):
    return ", ".join(f"{one.amount:,} {SPANS[one.get_expiry()]}" for one in limits)


@pytest.mark.parametrize(
    "line",
    [
        f"at most {MAX_LINE_LENGTH} letters",
        f"at most {MAX_TEXT_LENGTH:,} letters",
        f"{MAX_FORM_SIZE // MB} MB without files, {MAX_POST_SIZE // MB} MB with them",
        f"{MAX_FILE_SIZE // MB} MB each; {MAX_FILES} files and {MAX_DRAFT_SIZE // MB} MB in a draft",
        f"a recording of {MAX_SOUND // MINUTE} minutes, a video of {MAX_FILM // MINUTE}",
        f"| Wrong tries at one account | {told([attempts.HERE])} | {told(attempts.ALL_IN_ALL)} |",
        f"| Wrong tries at any account | {told([attempts.FROM_ONE])} |",
        f"{told([attempts.HERE])} | {told(attempts.ALL_OF_A_DEVICE)} |",
        f"good for {FIRST_PASSWORD_FOR.days} days",
        f"after {IDLE.seconds // MINUTE} minutes without a request, and after {IN_ALL.seconds // 3600} hours",
        f"the last {JUST_NOW.seconds // MINUTE} minutes",
        f"stays open for {READ_FOR_SECONDS // MINUTE} minutes",
        f"each group of {CASES_IN_A_GROUP} cases",
        f"{MAX_SEARCHED} words, one mark for each {CASES_IN_A_GROUP} cases",
        f"drawn ahead, {LOW:,} to {FULL:,} ready",
    ],
)
def test_a_number_is_the_one_of_the_code(line):
    assert line in PAGE


@pytest.mark.parametrize(
    ("kind", "row"), [("begin", "Beginning"), ("send", "Sending"), ("guess", "Guesses"), ("sound", "Listening")]
)
def test_how_often_is_as_the_code_says(kind, row):
    line = next(one for one in PAGE.splitlines() if one.startswith(f"| {row}"))
    assert line.endswith(f"| {told(LIMITS[kind].from_one)} | {told(LIMITS[kind].from_all)} |")


def test_old_keys_of_sessions_and_forms_live_as_long_as_the_page_says():
    assert (LET_GO[Purpose.SESSIONS].days, "the one before: a day" in PAGE) == (1, True)
    assert f"the one before: {LET_GO[Purpose.FORMS].days} days" in PAGE

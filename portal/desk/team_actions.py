"""Time, people and cases that belong together, step by step."""

from typing import Any

from portal.cases.action import Step, Who, by_slug, plain
from portal.cases.choosing import offer
from portal.cases.forms import CaseForm
from portal.cases.models import Case, LetterForm
from portal.cases.opened import viewer
from portal.correspondence.forms import AdvocateForm, LetterFormForm, NewDateForm, WaitForm
from portal.correspondence.services import waiting
from portal.desk.forms.handing_over import HandOverForm
from portal.desk.services import handing_over
from portal.people.access import me
from portal.people.roles import THE_TEAM
from portal.triage.forms import BecameComplaintForm, MergeForm, OtherCaseForm, SecondLookForm, chosen_parts, split_form
from portal.triage.services import linking, second_looks
from portal.web.settings import council


def _hand_over_form(case: Case, place: int) -> CaseForm:
    made = HandOverForm(version=case.version)
    offer(made.person, case, *THE_TEAM)
    return made


def _hand_over(case: Case, made: Any, place: int, who: Who) -> None:
    handing_over.hand_over(case.id, case.handler_id or me().id, made.person.data, made.note.data, **who)


TEAM = by_slug(
    Step(
        "wait",
        "They agree to wait",
        "Save",
        "It is written down. The answer is still counted as late.",
        plain(WaitForm),
        lambda case, made, place, who: waiting.agree_to_wait(
            case.id, until_on=made.until_on.data, confirmed_by=made.confirmed_by.data, **who
        ),
        "What is due does not move. An answer after it is late in the report, also when the person is content.",
    ),
    Step(
        "new-date",
        "Give a new date",
        "Send",
        "A letter tells them the new date.",
        plain(NewDateForm),
        lambda case, made, place, who: waiting.give_new_date(
            case.id, expected_on=made.expected_on.data, reasons=made.reasons.data, council=council(), **who
        ),
        "A letter tells them the date and why. What is due does not move.",
    ),
    Step(
        "advocate",
        "An advocate",
        "Save",
        "It is written down.",
        plain(AdvocateForm),
        lambda case, made, place, who: waiting.note_advocate(case.id, made.what.data, made.on.data, **who),
        "Waiting for an advocate is a ground to extend stage 1. It never takes longer than 20 working days in all.",
    ),
    Step(
        "letters-on-paper",
        "Letters on paper",
        "Save",
        "It is written down.",
        lambda case, place: LetterFormForm(version=case.version, form=case.letter_form.value),
        lambda case, made, place, who: waiting.choose_letter_form(case.id, LetterForm(made.form.data), **who),
    ),
    Step(
        "link",
        "Link another case",
        "Link it",
        "The two cases are linked.",
        lambda case, place: OtherCaseForm.seen_by(viewer())(version=case.version),
        lambda case, made, place, who: linking.link_cases(case.id, made.found.id, **who),
    ),
    Step(
        "merge",
        "Answer it together with another case",
        "Merge them",
        "They are answered together now. Each sender gets the answer.",
        lambda case, place: MergeForm.seen_by(viewer())(version=case.version),
        lambda case, made, place, who: linking.merge_into(case.id, made.found.id, made.reasons.data, **who),
        "This case stays, with its own clock. When the other case is answered, its sender gets the answer too.",
    ),
    Step(
        "split",
        "Make a case of its own of some parts",
        "Split it",
        "The parts are a case of their own now.",
        lambda case, place: split_form(case)(version=case.version),
        lambda case, made, place, who: linking.split_case(case.id, chosen_parts(made, case), **who),
        "The new case keeps the day of receipt, the person and who is shut out.",
    ),
    Step(
        "became-complaint",
        "It became a complaint",
        "Open the complaint",
        "The complaint is open. It is linked below.",
        plain(BecameComplaintForm),
        lambda case, made, place, who: linking.became_complaint(case.id, made.said.data, made.said_on.data, **who),
        "Only when the person says so. What was recorded stays, and the complaint runs from the day they said it.",
    ),
    Step(
        "hand-over",
        "Hand it over",
        "Hand it over",
        "It is handed over.",
        _hand_over_form,
        _hand_over,
    ),
    Step(
        "second-look",
        "A second look at how it ended",
        "Save",
        "Your second look is written down.",
        plain(SecondLookForm),
        lambda case, made, place, who: second_looks.take_second_look(
            case.id, agrees=made.agrees.data == "yes", words=made.words.data, **who
        ),
        "By someone who took no part in the decision.",
    ),
)

"""Time, people and cases that belong together, step by step."""

from typing import Any

from portal.casework.choosing import offer
from portal.casework.forms import desk_steps as forms
from portal.casework.forms import later
from portal.casework.forms.desk import CaseForm
from portal.casework.models import Case, LetterForm
from portal.casework.routes.opened import viewer
from portal.casework.services import handing_over, linking, second_looks, waiting
from portal.casework.steps.step import Step, Who, by_slug, plain
from portal.people.access import me
from portal.people.roles import THE_TEAM
from portal.web.settings import council


def _hand_over_form(case: Case, place: int) -> CaseForm:
    made = forms.HandOverForm(version=case.version)
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
        plain(later.WaitForm),
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
        plain(later.NewDateForm),
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
        plain(later.AdvocateForm),
        lambda case, made, place, who: waiting.note_advocate(case.id, made.what.data, made.on.data, **who),
        "Waiting for an advocate is a ground to extend stage 1. It never takes longer than 20 working days in all.",
    ),
    Step(
        "letters-on-paper",
        "Letters on paper",
        "Save",
        "It is written down.",
        lambda case, place: later.LetterFormForm(version=case.version, form=case.letter_form.value),
        lambda case, made, place, who: waiting.choose_letter_form(case.id, LetterForm(made.form.data), **who),
    ),
    Step(
        "link",
        "Link another case",
        "Link it",
        "The two cases are linked.",
        lambda case, place: forms.OtherCaseForm.seen_by(viewer())(version=case.version),
        lambda case, made, place, who: linking.link_cases(case.id, made.found.id, **who),
    ),
    Step(
        "merge",
        "Answer it together with another case",
        "Merge them",
        "They are answered together now. Each sender gets the answer.",
        lambda case, place: forms.MergeForm.seen_by(viewer())(version=case.version),
        lambda case, made, place, who: linking.merge_into(case.id, made.found.id, made.reasons.data, **who),
        "This case stays, with its own clock. When the other case is answered, its sender gets the answer too.",
    ),
    Step(
        "split",
        "Make a case of its own of some parts",
        "Split it",
        "The parts are a case of their own now.",
        lambda case, place: forms.split_form(case)(version=case.version),
        lambda case, made, place, who: linking.split_case(case.id, forms.chosen_parts(made, case), **who),
        "The new case keeps the day of receipt, the person and who is shut out.",
    ),
    Step(
        "became-complaint",
        "It became a complaint",
        "Open the complaint",
        "The complaint is open. It is linked below.",
        plain(forms.BecameComplaintForm),
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
        plain(forms.SecondLookForm),
        lambda case, made, place, who: second_looks.take_second_look(
            case.id, agrees=made.agrees.data == "yes", words=made.words.data, **who
        ),
        "By someone who took no part in the decision.",
    ),
)

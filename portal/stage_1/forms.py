"""What is filled in at stage 1."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.fields import words
from portal.cases.forms import CaseForm, codes
from portal.procedure.findings import Finding
from portal.web.forms import LongTextField, NotTooLong, PortalForm, choices, line


class ExtendForm(CaseForm):
    """A lawful ground, and why."""

    ground = RadioField(
        "Ground",
        choices=choices({"complex": "It is complex", "advocate": "An advocate is needed"}),
        validators=[InputRequired("Choose a ground")],
    )
    reasons = words("Why, as the person will read it", "Say why. The person is told")


SEARCHED = "If records are not there: which systems and files were searched, for which dates, by whom"


class AnswerForm(CaseForm):
    """The answer."""

    text = words("The answer", "Write the answer first")
    searched = words(SEARCHED)


class ChildsAnswerForm(CaseForm):
    """The answer to a child, in three parts, and once more in their own language where they asked for that."""

    told = words("What you told us", "Say what they told us")
    found = words("What we found", "Say what you found")
    will_do = words("What we will do", "Say what we will do")
    in_language = LongTextField("The same in their language", validators=[NotTooLong()])
    searched = words(SEARCHED)
    language_checked_by = StringField("Who, speaking it, checked that it says the same", validators=[line()])

    def boxes(self) -> dict[str, str]:
        """The parts, without those that are empty."""
        names = ("told", "found", "will_do", "in_language", "language_checked_by")
        return {name: self[name].data for name in names if self[name].data}


class EaseForm(PortalForm):
    """Words to measure."""

    words = LongTextField(validators=[NotTooLong()])


class CheckAnswerForm(CaseForm):
    """The team's quality check."""

    good = RadioField(
        "Is it good to go?",
        choices=choices({"yes": "Yes, it can be sent", "no": "No, back to the writer"}),
        validators=[InputRequired("Choose yes or no")],
    )
    reasons = LongTextField("What should change", validators=[NotTooLong()])


class SendAnswerForm(CaseForm):
    """Sending the answer: a finding for each part is added by `with_findings`."""

    @classmethod
    def with_findings(cls, positions: list[int]) -> type["SendAnswerForm"]:
        """The form with one finding for each part that was heard."""
        fields = {
            f"finding_{position}": RadioField(
                f"Finding on part {position}",
                choices=codes(Finding),
                validators=[DataRequired(f"Choose a finding on part {position}")],
            )
            for position in positions
        }
        return type("SendAnswerFormWithFindings", (cls,), fields)


class StoredAnswerForm(PortalForm):
    """Words under a title."""

    title = StringField("Title", validators=[DataRequired("Write a title"), line(120)])
    words = LongTextField("Words", validators=[DataRequired("Write the words"), NotTooLong(5000)])


class RemoveForm(PortalForm):
    """One button."""

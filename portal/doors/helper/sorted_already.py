"""A helper records what is sorted already."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired

from portal.cases.representation import PersonDetails, Representation, answered, through
from portal.doors.helper.forms import HELPERS
from portal.intake.submission import Submission, SubmissionKind
from portal.languages.phrase import phrase
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from portal.web.forms import LongTextField, NotTooLong, choices, line
from portal.web.public_form import PublicForm

SORTED_BY = HELPERS | {"commissioned_service": phrase("A service that works for the council")}
THROUGH = {
    "advocacy_service": "advocate",
    "independent_visitor": "independent_visitor",
    "commissioned_service": "commissioned_service",
}
COUNTED_AS = {"independent_visitor": Complainant.SUFFICIENT_INTEREST, "commissioned_service": Complainant.PROFESSIONAL}


class SortedAlreadyForm(PublicForm):
    """A helper records what is sorted already: twenty seconds."""

    limited_as, is_typed_into = "thank", True

    who = RadioField(phrase("Who are you?"), choices=choices(SORTED_BY), default="advocacy_service")
    words = LongTextField(
        phrase("What was it, and how was it sorted?"), validators=[DataRequired(phrase("Say what it was")), NotTooLong()]
    )
    name = StringField(phrase("Your name (optional)"), validators=[line()])

    def to_submission(self) -> Submission:
        """The issue as a submission."""
        who = self.who.data or "other"
        return Submission(
            kind=SubmissionKind.ISSUE,
            representation=Representation(
                method=Method.ONLINE_FORM,
                complainant=COUNTED_AS.get(who) or Complainant(who),
                told=answered((("What was it, and how was it sorted?", self.words.data or ""),)),
                person=PersonDetails.of(is_adult=True, **{"name": self.name.data} if self.name.data else {}),
                once_key=self.once_key(self.who.data, self.words.data),
                raised_through=through(THROUGH.get(who, "")),
            ),
            words=self.words.data or "",
        )

"""Ending a case or a stage by the person's own word: who said so, how and when."""

from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from portal.cases.confirmation import HOW, TOLD_BY, Confirmation, ToldBy, ToldHow
from portal.cases.fields import one_of, past_day, said_by, words
from portal.cases.forms import CaseForm
from portal.procedure.stages import ClosingReason, StageEnding
from portal.web.forms import choices

ENDING_WORDS = {
    StageEnding.WITHDRAWN: "The person withdrew it",
    StageEnding.RESOLVED_INFORMALLY: "The person says that it is settled",
    StageEnding.STATEMENT_NOT_AGREED: "The statement could not be agreed, after two attempts",
}
NOT_BY_THEIR_WORD = StageEnding.STATEMENT_NOT_AGREED


class SaidSoForm(CaseForm):
    """Who said so, how and when."""

    told_by = RadioField("Who said so?", choices=choices(TOLD_BY), validators=[InputRequired("Say who told you")])
    told_how = one_of("How?", HOW)
    told_on = past_day("When?")

    def confirmation(self) -> Confirmation:
        """What was said, as plain data."""
        return Confirmation(ToldBy(self.told_by.data), ToldHow(self.told_how.data), self.told_on.data)


class CloseForm(SaidSoForm):
    """Ending a case without an investigation."""

    reason = RadioField(
        "Why does it end?",
        choices=choices(
            {
                ClosingReason.RESOLVED_NEXT_DAY.value: "Settled by the next working day",
                ClosingReason.RESOLVED_LOCALLY.value: "Settled with the team",
                ClosingReason.WITHDRAWN.value: "The person withdrew it",
            }
        ),
        validators=[InputRequired("Choose why it ends")],
    )
    words = words("What was done")


class EndForm(SaidSoForm):
    """A stage ends without a finding."""

    ending = one_of("Why does it end?", {one.value: said for one, said in ENDING_WORDS.items()})
    told_by = said_by("Who said so? Leave it empty when the statement could not be agreed")
    told_how = one_of("How?", HOW, needed=False)
    words = words("Reasons, as the person will read them")

    def validate_told_by(self, field: RadioField) -> None:
        """Only the person ends a stage, but for a statement that could not be agreed."""
        if self.ending.data == NOT_BY_THEIR_WORD or not self.ending.data:
            return
        if field.data not in TOLD_BY or not self.told_how.data:
            raise ValidationError("Say who told you, and how")

    def said_so(self) -> Confirmation | None:
        """What was said; nothing when nobody had to say it."""
        return None if self.ending.data == NOT_BY_THEIR_WORD else self.confirmation()


class ReopenForm(CaseForm):
    """Opening it again."""

    reasons = words("Why is it opened again?", "Say why it is opened again")

"""What is filled in about parts that go another way."""

from portal.cases.fields import coming_day, finding, past_day, words
from portal.cases.forms import CaseForm
from portal.closing.forms import SaidSoForm


class StrandAnswerForm(CaseForm):
    """The answer to one part."""

    text = words("The answer", "Write the answer first")
    result = finding()


class PassOnForm(CaseForm):
    """Who has it now."""

    to_whom = words("Who has it now, and how the person can reach them", "Say who has it now")


class ReviewForm(CaseForm):
    """A hold stays."""

    review_on = coming_day("When to look at it again")
    reasons = words("Why it is still held, as the person will read it", "Say why it is still held")


class EndedForm(CaseForm):
    """The proceedings ended."""

    ended_on = past_day("When the proceedings ended")


class CameBackForm(CaseForm):
    """They came back."""

    asked_on = past_day("When they came back")


class EndHoldForm(SaidSoForm):
    """It is not taken up: the person's own word."""


class AskedForm(CaseForm):
    """On which day they asked for stage 2 of the corporate procedure."""

    requested_on = past_day("When they asked")

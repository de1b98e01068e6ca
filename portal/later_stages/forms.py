"""What is filled in at stages 2 and 3 and for the Ombudsman."""

from typing import Any

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired

from portal import clock
from portal.cases.confirmation import HOW, Confirmation, confirmation_of
from portal.cases.fields import coming_day, finding, one_of, past_day, said_by, short, tick, words, yes_no
from portal.cases.forms import CaseForm
from portal.cases.models import Stage
from portal.procedure.findings import Finding
from portal.procedure.ombudsman import Condition, DutyKind, OmbudsmanContact, OmbudsmanDecision
from portal.procedure.panel import Recipient
from portal.procedure.stages import Amendment
from portal.web.forms import NotInFuture, PoundsField, choices
from portal.wording import label

CONDITIONS = {
    Condition.STAGE_2_WAS_ROBUST: "Stage 2 was thorough",
    Condition.REPORT_AND_ADJUDICATION_ARE_CLEAR: "The report and our decision are clear",
    Condition.SIGNIFICANT_COMPLAINTS_UPHELD: "All complaints, or all that matter most, were upheld",
    Condition.ACTION_PLAN_MEETS_MOST_OUTCOMES: "Our plan meets most of what the person wants",
}


class StatementForm(CaseForm):
    """One version of the statement of complaint."""

    elements = words("The elements of the complaint, one on each line", "Write at least one element")
    desired = words("What the person wants to happen")
    by_person = tick("The person wrote this version")


class AttemptForm(CaseForm):
    """One attempt to agree it."""

    on = past_day("When you tried")
    how = words("How you tried, and what they said", "Say how you tried, and what they said")
    offered_advocate = tick("I offered an advocate's help")


class AgreedForm(CaseForm):
    """On which day they agreed to the statement, and how."""

    on = past_day("When they agreed")
    how = short("How they agreed", "Say how they agreed: by letter, by phone, in person")


class AmendForm(CaseForm):
    """What changes after the statement was agreed."""

    amendment = RadioField(
        "What is done with it?",
        choices=choices(
            {
                Amendment.ADDED.value: "It is looked into beside the rest; the day of the agreement stays",
                Amendment.AFRESH.value: "Stage 2 starts afresh with this; the new agreement is the day that counts",
            }
        ),
        validators=[InputRequired("Choose what is done with it")],
    )
    elements = words("What came up, one on each line (starting afresh: everything, one on each line)", "Write what came up")
    on = past_day("When they agreed to this")
    how = short("How they agreed", "Say how they agreed: by letter, by phone, in person")
    reasons = words("Why, with what came up", "Say what came up, and why it is looked into in this way")


class UntilForm(CaseForm):
    """A later day, and why."""

    until_on = coming_day("Until when")
    reasons = words("Why, as the person will read it", "Say why. The person is told")


class AppointForm(CaseForm):
    """Someone of the register takes a seat."""

    listed = SelectField("Who", coerce=int, validators=[InputRequired("Choose someone")])
    on = past_day("From which day")
    fee = PoundsField("Agreed fee, in pounds", 99999)
    in_line = yes_no("Do they manage the service that is complained about, or report to it?")
    knew = yes_no("Did they know of the complaint before, or take part in what it is about?")


class InterviewForm(CaseForm):
    """One interview."""

    on = past_day("When")
    whom = short("Who was interviewed", "Say who was interviewed")
    with_independent = yes_no("Was the independent person there?")
    override_words = words("If not: why it went on without them (a senior manager, a director or the lead records this)")


class ElementForm(CaseForm):
    """Evidence, finding, reasons and recommendation on one element."""

    evidence = words("Evidence", "Write the evidence")
    result = finding()
    reasons = words("Why the evidence leads to this finding", "Say why")
    recommendation = words("Recommendation, if there is one")
    searched = words("If records are not there: which systems and files were searched, for which dates, by whom")


class ReportForm(CaseForm):
    """The words of a report beside what stands on each element."""

    text = words("The report, beside what is said on each element", "Write the report")


class CommentForm(CaseForm):
    """The independent person on one element."""

    agrees = yes_no("Do you agree with the finding?")
    comment = words("Your comment")


class LatenessForm(CaseForm):
    """Whether a late request is heard."""

    take_it = yes_no("Is the late request heard?", "Yes, a panel is held", "No, only because it is late")
    reasons = words("Reasons, as the person will read them", "Give your reasons")


class CallPanelForm(CaseForm):
    """The day of the panel."""

    meets_on = coming_day("When the panel meets")
    where = short("Where", "Say where the panel meets")
    late_because = words("If that is after the last lawful day: why, as the person will read it")


class PanelMetForm(CaseForm):
    """On which day the panel met."""

    on = past_day("When the panel met")


class PanelReportForm(CaseForm):
    """The panel's report went out."""

    text = words("The panel's report, beside what is said on each part", "Write the report")
    on = past_day("When the panel sent it")
    received_on = past_day("When the council received the recommendations")
    complainant = tick("Sent to the person who complained")
    council = tick("Sent to the council")
    advocate_if_any = tick("Sent to their advocate, or there is none")
    independent_person = tick("Sent to the independent person of stage 2")
    others_with_sufficient_interest = tick("Sent to others with a sufficient interest, or there are none")

    def sent_to(self) -> list[Recipient]:
        """Everyone it went to."""
        return [one for one in Recipient if self[one.value].data]


class OmbudsmanContactForm(CaseForm):
    """How the case came to the Ombudsman."""

    contact = one_of("How it came there", {one.value: label(one.value) for one in OmbudsmanContact})
    their_reference = short("Their reference", "Write the Ombudsman's reference")
    received_on = past_day("When they had it")
    words = words("What they say, or why it goes there early")
    told_by = said_by("Early referral: who said that the person agrees?")
    told_how = one_of("Early referral: how?", HOW, needed=False)
    told_on = past_day("Early referral: on which day?", needed=False)

    @classmethod
    def with_conditions(cls) -> type["OmbudsmanContactForm"]:
        """The form with a box for each condition of an early referral."""
        boxes = {condition.value: tick(f"Early referral: {CONDITIONS[condition].lower()}") for condition in Condition}
        return type("ContactFormWithConditions", (cls,), boxes)

    def agreed(self) -> Confirmation | None:
        """The person's own word; nothing where it was not said who gave it, how and when."""
        return confirmation_of(self.told_by.data, self.told_how.data, self.told_on.data)

    def conditions(self) -> list[Condition]:
        """The conditions that are ticked."""
        return [condition for condition in Condition if self[condition.value].data]


class DutyForm(CaseForm):
    """What the Ombudsman asks for."""

    kind = one_of("What it is", {DutyKind.ENQUIRY.value: "An enquiry to answer", DutyKind.REMEDY.value: "A remedy"})
    words = words("What they ask for", "Write what they ask for")
    due_on = coming_day("By when")


class DoneForm(CaseForm):
    """On which day it was done for the Ombudsman, and what proves it."""

    on = past_day("When it was done")
    evidence = words("What proves it", "Say what proves it")


class OmbudsmanDecisionForm(CaseForm):
    """What they decided."""

    decision = one_of("Decision", {one.value: label(one.value) for one in OmbudsmanDecision})
    decided_on = past_day("When")
    words = words("What they say")


def decisions_form(stage: Stage | None, number: int) -> type[CaseForm]:
    """A decision and its reasons for each element of a stage."""
    fields: dict[str, Any] = {}
    for element in stage.elements if stage else ():
        fields[f"decision_{element.position}"] = finding(f"Decision on part {element.position}")
        fields[f"words_{element.position}"] = words(f"Part {element.position}: reasons, where you do not follow the finding")
    if number == 3:
        fields["with_independent_person"] = words(
            "What the independent person said: the answer is decided together with them", "Say what they said"
        )
    return type("DecisionsForm", (CaseForm,), fields)


def decisions_of(form: Any, stage: Stage) -> dict[int, tuple[Finding, str]]:
    """The decisions that a form holds."""
    return {
        element.position: (
            Finding(form[f"decision_{element.position}"].data),
            form[f"words_{element.position}"].data or "",
        )
        for element in stage.elements
    }


class AskForm(CaseForm):
    """They ask for the next stage."""

    requested_on = DateField(
        "When they asked",
        default=clock.today,
        validators=[InputRequired("Write the day they asked"), NotInFuture("The day they asked must be today or earlier")],
    )

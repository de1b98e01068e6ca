"""What can be done before a stage begins."""

from collections.abc import Mapping
from typing import Any

from portal.actions.action import ON_ITS_PAGE, Stamp, fresh
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.forms import CaseForm, ConfirmForm
from portal.cases.models import Case, NextAction
from portal.categories import sub_subject_names, subject_names
from portal.clock import today
from portal.correspondence.forms import LawfulLetterForm
from portal.people.directory import team_names
from portal.procedure.eligibility import IN_THEIR_OWN_RIGHT, ChildSays, Complainant, Standing
from portal.procedure.grounds import Ground
from portal.procedure.letter_check import Edited
from portal.procedure.roads import roads
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.triage import events
from portal.triage.forms import deciding as forms
from portal.triage.services import standing, telling, triage
from portal.web.settings import council


def _check_safeguarding(case: Case, form: Any, place: int, who: Stamp) -> None:
    at_risk, to = form.at_risk.data == "yes", form.handed_over_to.data or ""
    triage.check_safeguarding(case.id, at_risk=at_risk, handed_over_to=to, **who)


def _is_for_another(case: Case, place: int) -> bool:
    return case.status is Status.TO_DECIDE and case.complainant not in (*IN_THEIR_OWN_RIGHT, Complainant.MEMBER)


def _part_form(case: Case, place: int) -> CaseForm:
    return forms.PartForm(version=case.version, **forms.PartForm.from_part(triage.part_at(case, place)))


def _part_facts(case: Case, form: Any, place: int) -> Mapping[str, Any]:
    """The boxes offer the teams of the directory, and the subjects of the annual report."""
    lists = {"service_area": team_names(), "subject": subject_names(), "sub_subject": sub_subject_names()}
    return {"part": triage.part_at(case, place) if place else None, "lists": lists}


def _decide_form(case: Case, place: int) -> CaseForm:
    part = triage.part_at(case, place)
    assessed = triage.assess_part(case, part)
    route = part.route or (assessed.route if assessed else None)
    refused = assessed is not None and assessed.standing in (Standing.NOT_ELIGIBLE, Standing.HELD)
    ground = part.ground or (assessed.grounds[0] if assessed and refused else None)
    return forms.DecidePartForm(
        version=case.version,
        decision=part.decision.value if part.decision else None,
        route=route.value if route else "",
        road=part.road or "",
        ground=ground.value if ground else "",
        reasons=part.reasons,
        review_on=part.review_on,
    )


def _decide(case: Case, form: Any, place: int, who: Stamp) -> None:
    triage.decide_part(
        case.id,
        place,
        decision=Standing(form.decision.data),
        route=Route(form.route.data),
        ground=Ground(form.ground.data) if form.ground.data else None,
        reasons=form.reasons.data or "",
        road=form.road.data or "",
        confirmed=form.confirmation(),
        review_on=form.review_on.data,
        **who,
    )


def _decide_facts(case: Case, form: Any, place: int) -> Mapping[str, Any]:
    part = triage.part_at(case, place)
    return {"part": part, "assessed": triage.assess_part(case, part), "all_roads": list(roads.every().values())}


def _letter_form(case: Case, place: int) -> CaseForm:
    return LawfulLetterForm(version=case.version, letter=telling.decision_letter(case, council(), today()))


def _tell(case: Case, form: Any, place: int, who: Stamp) -> None:
    letter = Edited(form.letter.data, form.despite.data or "", who["asked_by"])
    told = {name: value for name, value in who.items() if name != "asked_by"}
    telling.tell_decision(case.id, council=council(), letter=letter, **told)


def _what_was_typed(case: Case, form: Any, place: int) -> Mapping[str, Any]:
    """What somebody wrote while another changed the case: it stands beside the letter, which is made anew."""
    typed = ""
    if form.version.data != case.version:
        typed, form.letter.data = form.letter.data, telling.decision_letter(case, council(), today())
    return {"typed": typed}


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="hand-to",
        address="handler",
        permission=TEAM,
        form=lambda case, place: forms.handler_form(case),
        do=lambda case, form, place, who: triage.hand_to(case.id, form.handler_id.data or None, **who),
        leaves=(events.CASE_HANDED_TO,),
        told="Who has it is written down.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="safeguarding",
        permission=TEAM,
        form=fresh(forms.SafeguardingForm),
        do=_check_safeguarding,
        leaves=(events.SAFEGUARDING_CHECKED,),
        told="Safeguarding is checked.",
        page=ON_ITS_PAGE,
        does={NextAction.CHECK_SAFEGUARDING: ""},
    ),
    CaseAction(
        slug="standing",
        permission=TEAM,
        form=fresh(forms.StandingForm),
        do=lambda case, form, place, who: standing.say_who_complains(case.id, Complainant(form.complainant.data), **who),
        leaves=(events.STANDING_DECIDED,),
        told="Who is complaining is written down.",
        page=ON_ITS_PAGE,
        does={NextAction.DECIDE_PARTS: ""},
    ),
    CaseAction(
        slug="child-agrees",
        address="do/child-agrees",
        permission=TEAM,
        title="What the child says of it",
        form=plain(forms.ChildAgreesForm),
        do=lambda case, form, place, who: standing.note_child_agrees(
            case.id, ChildSays(form.says.data), form.words.data, **who
        ),
        leaves=(events.STANDING_DECIDED,),
        explains="Somebody speaks for a child. A child who can say so is asked whether they are content with that.",
        offered_at="standing",
        link="What the child says",
        is_offered=_is_for_another,
    ),
    CaseAction(
        slug="interest",
        address="do/interest",
        permission=TEAM,
        title="Their interest in the child",
        form=lambda case, place: forms.InterestForm(version=case.version),
        do=lambda case, form, place, who: standing.decide_interest(case.id, form.interest(), **who),
        leaves=(events.STANDING_DECIDED,),
        told="The decision is written down. Its reasons stand in the letter.",
        explains=(
            "The child's views come first. That somebody has no parental responsibility decides nothing by itself. To "
            "refuse somebody takes a second person (SI 2006/1738 reg 12)."
        ),
        takes_two=True,
        offered_at="standing",
        link="Decide on their interest",
        is_offered=_is_for_another,
    ),
    CaseAction(
        slug="add-part",
        address="parts/new",
        title="What this part is about",
        permission=TEAM,
        form=plain(forms.PartForm),
        do=lambda case, form, place, who: triage.describe_part(case.id, None, form.facts(), **who),
        leaves=(events.PART_DESCRIBED,),
        told="The part is written down.",
        page="triage/part.html",
        facts=_part_facts,
    ),
    CaseAction(
        slug="describe-part",
        address=f"parts/{PLACE}",
        title="What this part is about",
        permission=TEAM,
        form=_part_form,
        do=lambda case, form, place, who: triage.describe_part(case.id, place, form.facts(), **who),
        leaves=(events.PART_DESCRIBED,),
        told="The part is written down.",
        page="triage/part.html",
        facts=_part_facts,
        does={NextAction.DECIDE_PARTS: ""},
    ),
    CaseAction(
        slug="decide-part",
        address=f"parts/{PLACE}/decide",
        title="Decide part {place}",
        permission=TEAM,
        form=_decide_form,
        do=_decide,
        leaves=(events.PART_DECIDED,),
        told="The part is decided.",
        page="triage/decide_part.html",
        facts=_decide_facts,
        does={NextAction.DECIDE_PARTS: ""},
    ),
    CaseAction(
        slug="sign-part",
        address=f"parts/{PLACE}/sign",
        permission=TEAM,
        form=fresh(ConfirmForm),
        shown_as="confirm",
        do=lambda case, form, place, who: triage.sign_part(case.id, place, **who),
        leaves=(events.PART_SIGNED,),
        told="The second signature is given.",
        page=ON_ITS_PAGE,
        does={NextAction.SIGN_PARTS: ""},
    ),
    CaseAction(
        slug="tell",
        title="The letter",
        permission=TEAM,
        form=_letter_form,
        do=_tell,
        leaves=(events.DECISION_TOLD, events.STAGE_1_STARTED, events.STRAND_STARTED),
        told="The person is told of the decision.",
        page="triage/tell.html",
        takes_two=True,
        facts=_what_was_typed,
        does={NextAction.TELL_DECISION: "Read the letter"},
    ),
)

"""What is filled in about the people of a case."""

from typing import Any

from wtforms import EmailField, SelectField, StringField
from wtforms.validators import Optional

from portal.cases.fields import one_of, short, words
from portal.cases.forms import CaseForm, codes
from portal.cases.models import Authority, MayBeTold, Party, PartyRole
from portal.parties.services.people_of_case import DETAILS, Told
from portal.procedure.eligibility import Complainant
from portal.web.forms import choices, line

ROLES = {
    PartyRole.CHILD: "The child, or a child, that it is about",
    PartyRole.SPEAKS_FOR: "Speaks for the person: advocate, solicitor, friend",
    PartyRole.CONSTITUENT: "The constituent for whom a councillor or an MP writes",
    PartyRole.COMPLAINED_BEFORE: "Complained before the complaint was somebody else's",
    PartyRole.COMPLAINED_ABOUT: "Is complained about",
    PartyRole.MUST_NOT_KNOW: "Must not know of it",
}
AUTHORITIES = {
    Authority.CHILD_AGREES: "The child agrees",
    Authority.WRITTEN: "In writing",
    Authority.NEITHER_YET: "Neither yet",
}
LEVELS = {
    MayBeTold.NOTHING: "Nothing",
    MayBeTold.THAT_IT_IS_ANSWERED: "Only that it was answered",
    MayBeTold.ALL: "Everything",
}
SAFE = {"": "They did not say", "yes": "Yes", "no": "No, or they are not sure"}


class PartyForm(CaseForm):
    """One person of a case."""

    role = one_of("What part they have", {one.value: said for one, said in ROLES.items()})
    name = short("Name, or how they are known")
    relation = short("How they are related to the child")
    age = short("Age or date of birth")
    organisation = short("Organisation")
    email = EmailField("Email", validators=[Optional(), line()])
    phone = StringField("Telephone", validators=[Optional(), line()])
    post = StringField("Postal address", validators=[Optional(), line()])
    safe_to_write = SelectField("Is it safe to write or call?", choices=choices(SAFE))
    language = short("Language")
    needs = short("What they need to take part")
    words = words("Anything else that colleagues must know of them")
    authority = SelectField(
        "With what authority they speak",
        choices=choices({"": "They speak for nobody"} | {one.value: said for one, said in AUTHORITIES.items()}),
        validators=[Optional()],
    )
    may_be_told = SelectField(
        "What they may be told (of a constituent: what the member may be told)",
        choices=choices({one.value: said for one, said in LEVELS.items()}),
        default=MayBeTold.NOTHING.value,
    )

    @staticmethod
    def of(one: Party) -> dict[str, Any]:
        """A person as the form shows them."""
        rights = {"role": one.role.value, "authority": one.authority or "", "may_be_told": one.may_be_told.value}
        return {name: one.details.get(name, "") for name in DETAILS} | rights

    def told(self) -> Told:
        """What is filled in, as plain data."""
        return Told(
            role=PartyRole(self.role.data),
            details={name: self[name].data or "" for name in DETAILS},
            authority=Authority(self.authority.data) if self.authority.data else None,
            may_be_told=MayBeTold(self.may_be_told.data),
        )


class ComplainantForm(CaseForm):
    """The complaint is somebody else's."""

    complainant = SelectField("Who they are", choices=codes(Complainant))
    reasons = words("Why the complaint is theirs", "Say why the complaint is theirs")


class MemberForm(CaseForm):
    """The answer to a member."""

    words = words("What they are told, where the constituent agreed to everything")

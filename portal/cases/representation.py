"""What somebody tells the council, as the law calls it: who they are, how they can be reached, and their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple

from portal.cases.models import RaisedThrough
from portal.procedure.eligibility import Complainant, Proceedings
from portal.procedure.receipt import Method, PointOfReceipt


class Answer(NamedTuple):
    """A question and what was said to it, in the order they were asked."""

    question: str
    answer: str


@dataclass(frozen=True)
class ContactDetails:
    """How someone can be reached, and what they said of it. `correspondence/reach.py` says what may be used."""

    email: str = ""
    phone: str = ""
    post: str = ""
    trusted_adult: str = ""
    how_to_find: str = ""
    reply_way: str = ""
    reply_to: str = ""
    best_time: str = ""
    safe_to_write: str = ""
    no_email: bool = False
    email_failed: str = ""
    contact_decided: str = ""


@dataclass(frozen=True)
class PersonDetails:
    """Who tells it, as far as they said."""

    is_adult: bool = False
    name: str = ""
    age: str = ""
    organisation: str = ""
    child_name: str = ""
    child_age_or_birth: str = ""
    child_knows: str = ""
    language: str = ""
    needs: str = ""
    how: str = ""
    talk_to: str = ""
    answer_forms: tuple[str, ...] = ()
    advocate: str = ""
    advocate_may_know: str = ""
    contact: ContactDetails = field(default_factory=ContactDetails)

    @classmethod
    def of(cls, **said: Any) -> "PersonDetails":
        """A person of what a door or a case holds under these names; nothing for what was not said."""
        known: dict[str, Any] = {name: tuple(one) if name == "answer_forms" else one for name, one in said.items() if one}
        reached: dict[str, Any] = {name: known.pop(name) for name in CONTACT_NAMES & known.keys()}
        return cls(**known, contact=ContactDetails(**reached))

    def kept(self) -> dict[str, Any]:
        """What a case keeps of them: one name for each thing that was said."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "contact"}
        said = own | vars(self.contact)
        return {name: list(one) if isinstance(one, tuple) else one for name, one in said.items() if one}


CONTACT_NAMES = frozenset(one.name for one in fields(ContactDetails))


@dataclass(frozen=True)
class Representation:
    """What was told, by whom and by which way. `must_not_see` and `about_whom` are names, as they were typed."""

    method: Method
    complainant: Complainant
    told: tuple[Answer, ...] = ()
    point_of_receipt: PointOfReceipt = PointOfReceipt.CUSTOMER_RELATIONS_TEAM
    person: PersonDetails = field(default_factory=PersonDetails)
    service_area: str = ""
    subject: str = ""
    sub_subject: str = ""
    happened_on: date | None = None
    happened_words: str = ""  # as it was told, where it was no day
    still_going_on: bool = False
    proceedings: Proceedings = Proceedings.NONE
    must_not_see: str = ""
    about_whom: str = ""
    once_key: str | None = None
    old_reference: str | None = None
    raised_through: RaisedThrough | None = None


def answered(pairs: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
    """Pairs of question and answer, without those left blank."""
    return tuple(Answer(question, answer) for question, answer in pairs if answer)


def person_of(kept: Mapping[str, Any]) -> PersonDetails:
    """The person of a case that is here already."""
    return PersonDetails.of(**{name: one for name, one in kept.items() if name != "must_not_see"})


def through(code: str) -> RaisedThrough | None:
    """Who told us of an issue that was sorted, by its code; nobody for an empty one."""
    return RaisedThrough(code) if code else None

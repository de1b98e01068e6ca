"""How someone can be reached, and whether it is safe. Letters, emails, the case's page and paper all ask here.

A child's contact is used only when they said that it is safe; "not sure" means no. An adult's is used unless they said that
it is not. What is not safe is not even shown, until the lead has recorded a decision with reasons.
"""

from dataclasses import dataclass

from portal.cases.models import Case, LetterWay
from portal.cases.queries import has_way_back

WAYS = {
    "email": "Email",
    "phone": "Phone",
    "post": "Post",
    "trusted_adult": "A grown-up they trust",
    "how_to_find": "Find them",
}
NEEDS_NO_ASKING = ("trusted_adult",)
DECIDED = "contact_decided"


@dataclass(frozen=True)
class ContactWay:
    """One way to reach someone. `value` is empty while it may not be used."""

    name: str
    label: str
    value: str
    is_safe: bool


def is_for_adult(case: Case) -> bool:
    """Whether letters are written to an adult: not when a helper asked that the child be answered."""
    return bool(case.person.get("is_adult")) and case.person.get("reply_to") != "child"


def ways_to_reach(case: Case) -> list[ContactWay]:
    """Every way that the person left, and which of them may be used."""
    left = [name for name in WAYS if case.person.get(name)]
    safe = {name: name in NEEDS_NO_ASKING or _is_safe(case, name) for name in left}
    return [ContactWay(name, WAYS[name], str(case.person[name]) if safe[name] else "", safe[name]) for name in left]


def way_of_letters(case: Case) -> LetterWay:
    """How a letter goes to the person now: the first of these that is possible and safe.

    An adult by email; anyone who left a telephone, an address or somebody they trust by a colleague; whoever has secret
    words on their own page. For someone whom nobody can reach it is kept until they come.
    """
    if is_for_adult(case) and way(case, "email"):
        return LetterWay.EMAIL
    if any(way(case, name) for name in ("phone", "post", "trusted_adult")):
        return LetterWay.BY_HAND
    if has_way_back(case):
        return LetterWay.PAGE
    return LetterWay.BY_HAND if way(case, "how_to_find") else LetterWay.KEPT


def way(case: Case, name: str) -> str:
    """One way that may be used; empty when there is none or it is not safe."""
    return next((one.value for one in ways_to_reach(case) if one.name == name), "")


def _is_safe(case: Case, name: str) -> bool:
    if name == "email" and (case.person.get("no_email") or case.person.get("email_failed") == case.person["email"]):
        return False
    said = case.person.get("safe_to_write")
    if case.person.get(DECIDED) or (name == "how_to_find" and said is None):
        return True  # they told us where they are so that someone comes
    return said != "no" if is_for_adult(case) else said == "yes"

"""A letter as PDF, in the size that the person asked for."""

from portal.cases.models import Case, Message
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.letter_names import FOR_A_CHILD, letter_name
from portal.correspondence.reach import way
from portal.correspondence.services.messages import in_easy_words
from portal.printing import letter_pdf

POINTS = {"plain": 14.0, "large_print": 22.0, "easy_words": 18.0}


def as_pdf(case: Case, letter: Message, council: Council) -> bytes:
    """One letter of a case on paper, in the form that the person asked for. Raises CannotBePrinted."""
    name, post = str(case.person.get("name") or ""), way(case, "post")
    to = tuple(row.strip() for row in (name, *post.replace(",", "\n").split("\n")) if row.strip())
    title = FOR_A_CHILD if in_easy_words(case) else letter_name(letter.kind)
    on, points = london_day(letter.at), POINTS[case.letter_form]
    return letter_pdf(letter.words, title, council, on, points=points, to=to)

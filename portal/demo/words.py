"""Made-up words for the demo. No real person said any of them."""

from portal.reports.register_rows import RegisterRow

ABOUT = {
    "Financial Issues": "The money we were promised for the children has not come, and nobody can tell us when it will.",
    "Data Protection Issues": "A letter about our family went to the wrong house. I want to know how that could happen.",
    "Eligibility for Service / Unhappy with Social Care involvement": "We asked for help and were told no, with no reason.",
    "Adoption": "We were told that support would go on after the adoption. It stopped and nobody wrote to us.",
    "Child Protection Issues": "The report for the meeting reached us an hour before it. We could not read it in time.",
    "Communication": "I have rung nine times in four weeks. Nobody rings back.",
    "Accommodation/Placement Issues": "He was moved with one day's notice, and his things are still at the old house.",
    "Standard of Service Delivery": "What was agreed at the review has not been done, and three months have passed.",
    "Social Worker": "Visits are cancelled on the day, and we are spoken to as if we did not matter.",
    "Fostering Issues": "The allowance was changed without a word to us, and the training was cancelled twice.",
}
CHILD_WORDS = "No one tells me when I will see my mum. They say soon. It is never soon. I want a real day."
THANKS = (
    "Thank you for everything you did for us this year. You listened when nobody else did, and it made all the difference."
)


def words_for(row: RegisterRow) -> str:
    """What the sender of a row says in the demo."""
    if row.kind == "compliment":
        return THANKS
    if row.complainant == "child_or_young_person":
        return CHILD_WORDS
    more = f" It is about: {row.sub_subject.lower()}." if row.sub_subject else ""
    return f"{ABOUT.get(row.subject, 'I am not happy with how we were treated.')}{more}"


def answer_for(row: RegisterRow) -> str:
    """What the team manager answers in the demo."""
    sorry = "We are sorry." if row.stage_1_outcome != "not_upheld" else "We know that this is not the answer you hoped for."
    return (
        f"What you told us\n{words_for(row)}\n\n"
        f"What we found\nWe read the records and talked to the team. {sorry}\n\n"
        "What we will do\nThe team manager will ring you on Friday, and write to you each month until it is put right."
    )

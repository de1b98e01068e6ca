"""Why a submission should be read before the rest, whichever door it came by."""

from portal.files.kinds import SOUND, SOUND_AS_SENT
from portal.intake.submission import Submission
from portal.procedure.eligibility import Complainant
from portal.signs.harm import has_sign
from portal.signs.languages import is_recognised


def first_signs(submission: Submission) -> tuple[str, ...]:
    """Why a submission should be read first; empty when nothing says so.

    What was chosen, any recording or picture of a child's, which no list of words can look into, and what the words say.
    """
    found = ["chose_not_safe"] if submission.chose_not_safe else []
    found += ["scared_at_home"] if submission.chose_scared_at_home else []
    from_child = submission.representation.complainant is Complainant.CHILD_OR_YOUNG_PERSON
    found += sorted(
        {"voice" if file.kept.media_type in (SOUND, SOUND_AS_SENT) else "picture" for file in submission.files if from_child}
    )
    answers = [answer for _, answer in submission.representation.told]
    known = [one for one in submission.representation.person.kept().values() if isinstance(one, str)]
    if has_sign("\n".join(dict.fromkeys([submission.words, *answers, *known]))):  # the words are an answer too
        found.append("words")
    elif not is_recognised(submission.words or "\n".join(answers)):
        found.append("language")
    return tuple(found)

"""What a child's answers come to: the summary they check, in their language, and the submission, in English for staff."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from portal.cases.representation import PersonDetails, Representation, answered
from portal.doors.child.forms.more import (
    ADVOCATE,
    ADVOCATE_MAY_KNOW,
    ANSWER_FORMS,
    FEELINGS,
    QUESTIONS,
    REACH,
    SAFE,
    WANTS,
    WAYS,
    is_asked,
)
from portal.doors.child.forms.screens import GOOD_TOPICS, KINDS, TOPICS
from portal.intake.submission import NothingToSend, SentFile, Submission, SubmissionKind
from portal.languages.phrase import phrase
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method

BECOMES = {"good": SubmissionKind.COMPLIMENT, "idea": SubmissionKind.COMMENT}
WANT_TO_TELL = phrase("What do you want to tell us?")
ABOUT_HOME = ("home", "good_home")
Say = Callable[[str], str]


class SummaryRow(NamedTuple):
    """One answer on the page where a child checks them: what was asked, what they said, where it is changed.

    `is_told` says whether staff read it among what was said; how to reach the child they read elsewhere, with its limits.
    """

    question: str
    answer: str
    address: str
    is_told: bool = True


def english(words: str) -> str:
    """A phrase as it is."""
    return words


def summary(answers: Mapping[str, Any], say: Say = english) -> list[SummaryRow]:
    """What a child said so far; `say` translates a phrase of ours, never what they wrote."""
    return [row for row in (*_core(answers, say), *_more(answers, say)) if row.answer]


def _core(answers: Mapping[str, Any], say: Say) -> Iterator[SummaryRow]:
    yield SummaryRow(say(WANT_TO_TELL), say(KINDS.get(answers.get("kind", ""), "")), "/y/2")
    yield SummaryRow(say(phrase("What is it about?")), _several(TOPICS | GOOD_TOPICS, answers.get("topics"), say), "/y/3")
    yield SummaryRow(say(phrase("Tell us more")), answers.get("words", ""), "/y/4")
    yield SummaryRow(say(phrase("How can we find you?")), answers.get("how_to_find", ""), "/y/find", is_told=False)
    yield SummaryRow(say(phrase("Who must not see this?")), answers.get("must_not_see", ""), "/y/who")


def _more(answers: Mapping[str, Any], say: Say) -> Iterator[SummaryRow]:
    way = answers.get("reply_way", "")
    yield _row("feel", "feelings", _several(FEELINGS, answers.get("feelings"), say), say)
    yield _row("whom", "about_whom", answers.get("about_whom", ""), say)
    yield _row("want", "wants", _several(WANTS, answers.get("wants"), say), say)
    yield _row("want", "wants_words", answers.get("wants_words", ""), say)
    yield _row("reply", "reply_way", say(WAYS.get(way, "")), say)._replace(is_told=False)
    if is_asked("safe", answers):
        yield SummaryRow(say(REACH[way]), answers.get("contact", ""), "/y/more/safe", is_told=False)
        yield _row("safe", "safe", say(SAFE.get(answers.get("safe", ""), "")), say)._replace(is_told=False)
        yield _row("safe", "best_time", answers.get("best_time", ""), say)._replace(is_told=False)
    yield _row("form", "answer_forms", _several(ANSWER_FORMS, answers.get("answer_forms"), say), say)
    yield _row("form", "own_language", answers.get("own_language", ""), say)
    yield _row("form", "talk_to", answers.get("talk_to", ""), say)
    yield _row("name", "name", answers.get("name", ""), say)._replace(is_told=False)
    yield _row("name", "age", answers.get("age", ""), say)._replace(is_told=False)
    yield _row("side", "advocate", say(ADVOCATE.get(answers.get("advocate", ""), "")), say)
    if is_asked("side-tell", answers):
        may_know = ADVOCATE_MAY_KNOW.get(answers.get("advocate_may_know", ""), "")
        yield _row("side-tell", "advocate_may_know", say(may_know), say)


def _row(slug: str, field: str, answer: str, say: Say) -> SummaryRow:
    return SummaryRow(say(getattr(QUESTIONS[slug].form, field).args[0]), answer, f"/y/more/{slug}")


def _several(labels: Mapping[str, str], chosen: Sequence[str] | None, say: Say) -> str:
    return ". ".join(say(labels[one]) for one in chosen or () if one in labels)


def has_said_something(answers: Mapping[str, Any], files: Sequence[object] = ()) -> bool:
    """Whether there is a picture, a word, a recording or a photo, or where they are; or an advocate was asked for.

    Not to feel safe is enough by itself.
    """
    told = ("topics", "words", "how_to_find", "asks_for_side")
    return bool(files) or answers.get("kind") == "not_safe" or any(answers.get(name) for name in told)


def to_submission(answers: Mapping[str, Any], once_key: str, files: tuple[SentFile, ...] = ()) -> Submission:
    """The child's answers as a submission; thanks go to the compliments, all else to the queue. Raises NothingToSend."""
    if not has_said_something(answers, files):
        raise NothingToSend
    kind = BECOMES.get(answers.get("kind", ""), SubmissionKind.COMPLAINT)
    if answers.get("asks_for_side") and not (answers.get("topics") or answers.get("words") or files):
        kind = SubmissionKind.ENQUIRY
    elif answers.get("advocate") == "yes" and kind is SubmissionKind.COMPLIMENT:
        kind = SubmissionKind.COMMENT  # thanks alone open no case, and nobody would find the advocate
    told = tuple((row.question, row.answer) for row in summary(answers) if row.is_told)
    return Submission(
        kind=kind,
        representation=Representation(
            method=Method.QR_CARD if answers.get("by_card") else Method.ONLINE_FORM,
            complainant=Complainant.CHILD_OR_YOUNG_PERSON,
            told=answered(told),
            person=PersonDetails.of(**_person(answers)),
            must_not_see=answers.get("must_not_see", ""),
            about_whom=answers.get("about_whom", ""),
            once_key=once_key,
        ),
        chose_not_safe=answers.get("kind") == "not_safe",
        chose_scared_at_home=_is_scared_at_home(answers),
        words="\n".join(answer for question, answer in told if question != WANT_TO_TELL),
        may_pass_on=False,
        wants_secret_words=kind is not SubmissionKind.COMPLIMENT,
        files=files,
    )


def _is_scared_at_home(answers: Mapping[str, Any]) -> bool:
    return "scared" in answers.get("feelings", ()) and bool(set(ABOUT_HOME) & set(answers.get("topics", ())))


def _person(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What staff know of the child, each under one name; nothing that was not said."""
    way = answers.get("reply_way", "")
    known = {name: answers.get(name) for name in ("how_to_find", "name", "age", "answer_forms", "talk_to", "best_time")}
    known["how"] = "on the tablet of someone who visited them" if answers.get("on_a_visit") else None
    known["language"] = answers.get("own_language") or answers.get("language")
    if is_asked("safe", answers):
        place = {"text": "phone", "call": "phone", "email": "email", "write": "post", "grown_up": "trusted_adult"}
        known |= {"reply_way": way, place.get(way, "how_to_find"): answers.get("contact") or known["how_to_find"]}
    asked = [answers.get("safe")] if is_asked("safe", answers) and way != "grown_up" else []
    asked += [answers["reach_is_safe"]] if answers.get("reach_is_safe") else []
    if asked:  # not sure means no, and one no is a no for every way
        known["safe_to_write"] = "yes" if all(said == "yes" for said in asked) else "no"
    if is_asked("side-tell", answers):
        known |= {"advocate": "yes", "advocate_may_know": answers.get("advocate_may_know") or "name"}
    return {name: value for name, value in known.items() if value}

"""Easy words: bars 11 and 12. A guard, not a proof: only children can say whether they understand."""

import re
from html import unescape

import pytest
import textstat

from portal.doors.child.forms.more import QUESTIONS
from tests.factories.web import fill_in, page_at, page_of

BANNED = (
    (
        "contact placement lac care plan respite abscond representation stage outcome resolution feedback submit allegation "
        "safeguarding confidential"
    )
    .replace("care plan", "care_plan")
    .split()
)
# Words of three or more syllables that a child's screen may use, by textstat's count.
ALLOWED = {
    "family",
    "video",
    "another",
    "advocate",
    "advocates",
    "exampleshire",
    "complaint",
    "november",
    "december",
    "september",
    "october",
    "january",
    "february",
    "saturday",
    "area",
    "idea",
    "anyone",
    "ombudsman",
    "recording",
}
# Names of places and organisations are not measured: the dictionary of syllables does not hold them.
NAMES = re.compile("Exampleshire|Childline|Coram Voice")
UNMEASURED = re.compile(
    r"<(svg|style|audio)\b.*?</\1>|<details class=\"(?:languages|listen).*?</details>|"
    r"<(?:p|ul) class=\"secret.*?</(?:p|ul)>|<option.*?</option>",
    re.S,
)
MIN_SENTENCE_LENGTH = 4  # a shorter one is the name of a role or a button, which a grade cannot measure
MORE = tuple(f"/y/more/{slug}" for slug in QUESTIONS)
CHILD = (
    "/y/",
    "/y/1",
    "/y/2",
    "/y/3",
    "/y/4",
    "/y/5",
    "/y/find",
    "/y/who",
    "/y/side",
    "/y/ask-side",
    "/y/back",
    "/y/still",
    "/help",
    "/card",
    *MORE,
)
ADULT = (
    *("/", "/complain/", "/helping/", "/helping/visit", "/helping/sorted", "/thanks", "/thanks/sent", "/complain/check"),
    *(f"/complain/{slug}" for slug in "link child what when team talked court right views contact name".split()),
    *(f"/helping/{slug}" for slug in "who knows words wants reply you".split()),
)


def sentences_of(page):
    """The words on a screen as sentences: a block of text without a full stop is one sentence."""
    main = re.search(r'<main id="main">(.*?)</main>', page, re.S)[1]
    main = UNMEASURED.sub(" ", main)
    blocks = re.sub(
        r"</?(?:p|h\d|li|dt|dd|button|label|legend|a class|summary|small|span|div|br|caption|th|td)\b[^>]*>", " . ", main
    )
    text = unescape(re.sub(r"<[^>]+>", "", blocks))
    text = re.sub(r"[\d:]+", " ", NAMES.sub("Name", text))
    return [found for part in re.split(r"[.?!]", text) if (found := " ".join(part.split())) and re.search("[A-Za-z]", found)]


def long_words(sentences):
    words = {word.lower() for sentence in sentences for word in re.findall(r"[A-Za-z']+", sentence)}
    return {word for word in words if textstat.syllable_count(word) >= 3} - ALLOWED


def check_child(page):
    sentences = sentences_of(page)
    text = ". ".join(sentences) + "."
    assert textstat.flesch_kincaid_grade(text) <= 3.0, textstat.flesch_kincaid_grade(text)
    assert max(len(sentence.split()) for sentence in sentences) <= 12, max(sentences, key=lambda one: len(one.split()))
    assert long_words(sentences) == set()
    words = set(re.findall(r"[a-z]+", text.lower()))
    assert words.isdisjoint(BANNED), words & set(BANNED)
    assert "care plan" not in text.lower()


@pytest.mark.parametrize("address", CHILD)
def test_a_childs_screen_is_easy(begun, address):
    check_child(page_of(begun.get(address)))


def test_the_last_screens_and_the_errors_are_easy_too(client):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    check_child(page_of(fill_in(client, "/y/4")))
    fill_in(client, "/y/3", topics=["school"])
    fill_in(client, "/y/4", words="my bus")
    check_child(page_of(client.get("/y/6")))
    fill_in(client, "/y/6")
    check_child(page_of(client.get("/y/7")))
    check_child(page_of(fill_in(client, "/y/back", words="no no no no")))


def test_all_screens_together_are_easier_still(begun, record_property):
    text = ". ".join(sentence for address in CHILD for sentence in sentences_of(page_of(begun.get(address)))) + "."
    grade = textstat.flesch_kincaid_grade(text)
    longest = max(len(one.split()) for address in CHILD for one in sentences_of(page_of(begun.get(address))))
    record_property("bar 11, grade of all a child's screens, longest sentence", f"{grade:.1f}, {longest} words")
    assert grade <= 1.5


@pytest.mark.parametrize("address", ADULT)
def test_an_adults_page_is_plain(begun, address, record_property):
    sentences = sentences_of(page_at(begun, address))
    text = ". ".join(one for one in sentences if len(one.split()) >= MIN_SENTENCE_LENGTH) + "."
    record_property(f"bar 12, grade of {address}", round(textstat.flesch_kincaid_grade(text), 1))
    assert textstat.flesch_kincaid_grade(text) <= 6.0, textstat.flesch_kincaid_grade(text)
    assert max(len(sentence.split()) for sentence in sentences) <= 20, max(sentences, key=lambda one: len(one.split()))


def test_the_guard_sees_hard_words():
    hard = '<main id="main"><p>The representation concerning your placement was submitted for safeguarding.</p></main>'
    with pytest.raises(AssertionError):
        check_child(hard)

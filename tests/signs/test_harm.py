"""Signs that a message is read first, held against phrases as children write them, in every language."""

import tomllib
from pathlib import Path

import pytest

from portal.signs.harm import harm_in, has_sign

DATA = Path(__file__).parents[1] / "data"
PHRASES, DEVELOPMENT, UNSEEN = (
    tomllib.loads((DATA / f"read-first-{name}.toml").read_text(encoding="utf-8"))
    for name in ("phrases", "development", "unseen")
)
LANGUAGES = {"en", "cy", "pl", "uk", "ro", "ar", "ur", "ckb", "fa"}
# What the signs find of phrases that their writer has not seen, in percent; and at most what they mark for nothing.
FOUND = {"en": 58, "cy": 60, "pl": 68, "uk": 60, "ro": 66, "ar": 56, "ur": 75, "ckb": 60, "fa": 62}
FOR_NOTHING = {"en": 8, "cy": 4, "pl": 8, "uk": 0, "ro": 16, "ar": 0, "ur": 8, "ckb": 8, "fa": 12}


def every_phrase_of(data):
    return {phrase for language in data.values() for phrases in language.values() for phrase in phrases}


@pytest.mark.parametrize("phrase", [phrase for language in PHRASES.values() for phrase in language["worrying"]])
def test_a_worrying_phrase_is_read_first(phrase):
    assert has_sign(phrase)


@pytest.mark.parametrize("phrase", [phrase for language in PHRASES.values() for phrase in language["ordinary"]])
def test_an_ordinary_phrase_waits_its_turn(phrase):
    assert not has_sign(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "they dont give me food",
        "i hate my life",
        "she calls me names and spits at me",
        "my step dad is coming to get me",
        "nie chcę już żyć",
        "I don’t want to live anymore",
    ],
)
def test_phrases_that_were_missed_before_are_read_first(phrase):
    assert has_sign(phrase)


@pytest.mark.parametrize(
    "phrase", ["the content is safe", "you know that it is safe", "my foster dad is home", "this is the end of the year"]
)
def test_a_word_that_says_no_is_never_met_by_one_that_is_like_it(phrase):
    assert not has_sign(phrase)


def test_a_sign_of_two_words_is_met_by_these_two_words_alone():
    assert has_sign("he said kill yourself")
    assert not has_sign("he said kilt yourself")


@pytest.mark.parametrize("phrases", [PHRASES, DEVELOPMENT, UNSEEN])
def test_every_language_has_its_own_phrases(phrases):
    assert set(phrases) == LANGUAGES


def test_no_phrase_that_measures_was_at_hand_when_the_signs_were_written():
    assert not (every_phrase_of(PHRASES) | every_phrase_of(DEVELOPMENT)) & every_phrase_of(UNSEEN)


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_the_signs_are_measured_on_what_their_writer_has_not_seen(code, record_property):
    worrying, ordinary = UNSEEN[code]["worrying"], UNSEEN[code]["ordinary"]
    found, wrong = sum(map(bool, map(harm_in, worrying))), sum(map(bool, map(harm_in, ordinary)))
    told = f"{found} of {len(worrying)} found, {wrong} of {len(ordinary)} marked for nothing"
    record_property(f"bar 36, signs of harm never seen, {code}", told)
    assert 100 * found / len(worrying) >= FOUND[code]
    assert 100 * wrong / len(ordinary) <= FOR_NOTHING[code] + 0.5

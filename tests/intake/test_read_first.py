"""Signs that a message is read first, held against phrases as children write them, in every language."""

import tomllib
from pathlib import Path

import pytest

from portal.intake.services.read_first import has_sign

PHRASES = tomllib.loads((Path(__file__).parents[1] / "data" / "read-first-phrases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("phrase", [phrase for language in PHRASES.values() for phrase in language["worrying"]])
def test_a_worrying_phrase_is_read_first(phrase):
    assert has_sign(phrase)


@pytest.mark.parametrize("phrase", [phrase for language in PHRASES.values() for phrase in language["ordinary"]])
def test_an_ordinary_phrase_waits_its_turn(phrase):
    assert not has_sign(phrase)


def test_every_language_has_its_own_phrases():
    assert set(PHRASES) == {"en", "cy", "pl", "uk", "ro", "ar", "ur", "ckb", "fa"}

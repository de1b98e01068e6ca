"""Signs that thanks may hide a complaint, and what would tell who a family is: measured on letters, known and never seen."""

import tomllib
from pathlib import Path

from portal.compliments.hidden_complaint import without_sentences, worrying_sentences
from portal.compliments.redaction import REPLACED, marks, pieces, redacted

DATA = Path(__file__).parents[1] / "data" / "thanks-that-may-hide-a-complaint.toml"
LETTERS = tomllib.loads(DATA.read_text(encoding="utf-8"))


def found_in(texts):
    return sum(bool(worrying_sentences(text)) for text in texts)


def told(kind):
    hides, thanks = LETTERS[kind]["hides"], LETTERS[kind]["thanks"]
    return f"{found_in(hides)} of {len(hides)} found, {found_in(thanks)} of {len(thanks)} held for nothing"


def test_of_the_letters_that_were_in_sight_nearly_all_are_found(record_property):
    record_property("bar 33, complaints hidden in thanks, known", told("known"))
    assert found_in(LETTERS["known"]["hides"]) >= 62
    assert found_in(LETTERS["known"]["thanks"]) <= 2


def test_of_letters_never_seen_the_signs_find_no_fewer_than_they_did(record_property):
    """Few: so a person reads what comes straight to us, and whoever gets thanks is asked to tell us."""
    record_property("bar 33, complaints hidden in thanks, never seen", told("unseen"))
    assert found_in(LETTERS["unseen"]["hides"]) >= 12
    assert found_in(LETTERS["unseen"]["thanks"]) <= 9


def test_the_sentences_that_the_person_wants_kept_apart_are_left_out():
    words = "You were lovely. The one before you never came! Thank you."
    assert without_sentences(words, worrying_sentences(words)) == "You were lovely. Thank you."


def test_nearly_everything_private_is_marked_before_a_quote(record_property):
    private = [(one, text) for one in LETTERS["letters"] for text in one["private"]]
    left = [text for one, text in private if text in redacted(one["words"], [one["staff"]])]
    record_property("bar 34, private words marked in letters", f"{len(private) - len(left)} of {len(private)}")
    assert len(left) <= 3, left


def test_the_name_of_the_colleague_stays():
    assert "Asha" in redacted("Asha Khan helped my son Tom at Hilltop School.", ["Asha Khan"])
    assert redacted("Asha Khan helped my son Tom at Hilltop School.", ["Asha Khan"]).count(REPLACED) == 2


def test_the_pieces_of_a_text_make_the_text_again():
    words = "You can ring me on 01632 960123, Sam."
    cut = pieces(words, marks(words))
    assert "".join(piece for piece, _ in cut) == words
    assert [piece for piece, is_marked in cut if is_marked] == ["01632 960123", "Sam"]

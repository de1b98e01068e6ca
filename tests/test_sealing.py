"""What people write cannot be read in the database, and keys can change."""

import pytest
from cryptography.fernet import Fernet

from portal.sealing import KeyRing, SealBroken, index_words, plain_words, reseal, ring, seal, unseal
from tests.conftest import settings_for
from tests.factories.cases import a_case

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def keys():
    yield ring
    kept = settings_for("sqlite://")
    ring.load(kept.sealing_keys, kept.secret_key)


def test_nothing_that_was_typed_lies_readable_in_the_database(in_app, stored):
    a_case(words="Zanzibar was cancelled again", person={"is_adult": True, "name": "Quentin Quill", "phone": "07700900123"})
    kept = stored()
    assert len(kept) > 10_000
    for word in (b"Zanzibar", b"cancelled", b"Quentin", b"Quill", b"07700900123"):
        assert word.lower() not in kept.lower()


def test_a_new_key_opens_what_the_old_one_sealed_and_reseals_it(keys):
    keys.load((OLD,), "secret")
    sealed = seal("a letter")
    keys.load((NEW, OLD), "secret")
    again = reseal(sealed)
    keys.load((NEW,), "secret")
    assert unseal(again) == "a letter"
    with pytest.raises(SealBroken, match="Add the key"):
        unseal(sealed)


def test_search_hashes_depend_on_the_secret(keys):
    keys.load((OLD,), "one secret")
    first = index_words("Renée O'Hara")
    keys.load((OLD,), "another")
    assert first.isdisjoint(index_words("Renée O'Hara"))


@pytest.mark.parametrize("typed", ["RENÉE", "renee", "Renée"])
def test_case_and_accents_do_not_matter_to_search(typed):
    assert plain_words(typed) == {"renee"}


def test_a_ring_without_keys_refuses_to_work():
    with pytest.raises(RuntimeError):
        _ = KeyRing().fernet

"""What people write cannot be read in the database, and keys can change."""

import base64
import hashlib
import hmac

import pytest
from cryptography.fernet import Fernet

from portal.sealing.hashes import marks_of, slow_hash
from portal.sealing.plain_words import plain_words
from portal.sealing.ring import KeyRing, Purpose, PurposeKey, ring
from portal.sealing.values import SealBroken, place_of, seal, unseal
from tests.conftest import settings_for
from tests.factories.cases import a_case
from tests.real_settings import KEY

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


HERE = place_of("letters", "words", b"row one")


def test_a_new_key_opens_what_the_old_one_sealed_and_the_old_one_is_not_needed_for_what_comes(keys):
    keys.load((OLD,), "secret")
    before = seal(b"a letter", HERE)
    keys.load((NEW, OLD), "secret")
    after = seal(unseal(before, HERE), HERE)
    keys.load((NEW,), "secret")
    assert unseal(after, HERE) == b"a letter"
    with pytest.raises(SealBroken, match="Add the key"):
        unseal(before, HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [("letters", "words", b"row two"), ("letters", "subject", b"row one"), ("notes", "words", b"row one")],
    ids=["another row", "another column", "another table"],
)
def test_a_value_opens_nowhere_but_where_it_was_sealed_for(elsewhere):
    sealed = seal(b"a letter", HERE)
    assert unseal(sealed, HERE) == b"a letter"
    with pytest.raises(SealBroken, match="lies where it was not sealed for"):
        unseal(sealed, place_of(*elsewhere))


@pytest.mark.parametrize("at", [0, 2, 7, 20, -1])
def test_a_value_of_which_one_bit_was_changed_does_not_open(at):
    sealed = bytearray(seal(b"a letter", HERE))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), HERE)


def unbound(text):
    return base64.urlsafe_b64decode(Fernet(KEY).encrypt(text))


def test_a_value_of_before_opens_until_all_have_been_moved(keys):
    assert unseal(unbound(b"a letter"), HERE) == b"a letter"
    keys.opens_unbound = False
    with pytest.raises(SealBroken, match="It was put here"):
        unseal(unbound(b"a letter"), HERE)


def test_marks_of_search_depend_on_the_secret_and_on_the_group(keys):
    keys.load((OLD,), "one secret")
    one, two = marks_of("quill", [1, 2], keys.newest(Purpose.SEARCH))
    assert one != two
    assert marks_of("quill", [2, 1], keys.newest(Purpose.SEARCH)) == [two, one]
    keys.load((OLD,), "another")
    assert {one, two}.isdisjoint(marks_of("quill", [1, 2], keys.newest(Purpose.SEARCH)))


@pytest.mark.parametrize("typed", ["RENÉE", "renee", "Renée"])
def test_case_and_accents_do_not_matter_to_search(typed):
    assert plain_words(typed) == {"renee"}


def test_a_ring_without_keys_refuses_to_work():
    with pytest.raises(RuntimeError):
        _ = KeyRing().newest_label


def test_a_slow_hash_is_as_slow_as_it_was_made_to_be():
    key = PurposeKey(1, "secret")
    pepper = hmac.digest(hmac.digest(b"secret", b"your say: slow hash", "sha256"), b"four small words", "sha256")
    wanted = hashlib.scrypt(pepper, salt=b"salt of one case", n=16_384, r=8, p=1, dklen=32)  # 16 MB each (RFC 7914)
    assert slow_hash("four small words", b"salt of one case", key) == wanted

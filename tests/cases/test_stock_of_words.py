"""Secret words that were drawn ahead: given out once each, and worth no more to a thief than before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

import pytest
from sqlalchemy import func, select, text

from portal.cases.models import StockedWords
from portal.cases.queries import case_by_secret_words
from portal.cases.services import stock_of_words
from portal.cases.services.stock_of_words import FULL, LOW, TAKEN_AT_ONCE, draw_secret_words, fill_stock, wanted_at
from portal.clock import now, today
from portal.database import db, transaction
from portal.keys.services import renew_key
from portal.sealing import hashes
from portal.sealing.ring import Purpose, ring
from portal.sealing.values import SealBroken, unlock
from portal.web.settings import settings
from portal.worker import draw_ahead
from tests.factories.cases import a_case


def how_many_wait():
    return db.session.scalar(select(func.count()).select_from(StockedWords))


def rows():
    return db.session.execute(text("select kept, seal_id from secret_word_stock")).all()


@pytest.fixture(autouse=True)
def nothing_taken(monkeypatch):
    """A process that has just begun."""
    monkeypatch.setattr(stock_of_words, "_taken", SimpleQueue())


@pytest.fixture
def hashed(monkeypatch):
    """How often the slow hash was made."""
    made = []

    def slow_hash(*what):
        made.append(what)
        return hashes.slow_hash(*what)

    monkeypatch.setattr(stock_of_words, "slow_hash", slow_hash)
    return made


def test_words_of_the_stock_are_given_out_without_the_slow_hash(in_app, hashed):
    fill_stock(3)
    hashed.clear()
    drawn = [draw_secret_words().words for _ in range(3)]
    assert (len(set(drawn)), hashed, how_many_wait()) == (3, [], 0)


def test_words_are_drawn_on_the_spot_when_the_stock_is_out(in_app, hashed):
    assert len(draw_secret_words().words.split()) == 4
    assert len(hashed) == 1


def test_words_of_the_stock_lead_back_to_a_case(in_app):
    fill_stock(1)
    drawn = draw_secret_words()
    case = a_case(drawn=drawn)
    assert case_by_secret_words(drawn.words, today()).id == case.id


def test_a_process_takes_a_few_at_a_time_and_nobody_else_gets_them(in_app):
    fill_stock(TAKEN_AT_ONCE + 2)
    draw_secret_words()
    assert how_many_wait() == 2


def test_within_an_action_nothing_is_taken_that_could_be_put_back(in_app):
    fill_stock(2)
    with transaction():
        draw_secret_words()
    assert how_many_wait() == 2


def test_the_stock_is_filled_to_what_is_wanted_and_no_further(in_app, hashed):
    assert (fill_stock(3), fill_stock(3), fill_stock(4)) == (3, 0, 1)
    assert len(hashed) == 4


def test_filling_ends_when_its_time_is_over(in_app):
    assert fill_stock(1_000, until=0.0) == 0


@pytest.mark.parametrize(("hour", "wanted"), [(2, FULL), (11, LOW)])
def test_the_stock_is_filled_to_the_brim_by_night(hour, wanted):
    assert wanted_at(datetime(2026, 1, 13, hour, tzinfo=UTC)) == wanted


def test_words_under_a_key_of_before_are_thrown_away(in_app):
    fill_stock(2)
    renew_key(Purpose.SECRET_WORDS, at=now() - timedelta(hours=1))
    assert fill_stock(1) == 1
    assert how_many_wait() == 1


def test_the_worker_fills_it_between_its_runs(in_app, monkeypatch):
    monkeypatch.setattr("portal.worker.wanted_at", lambda at: 2)
    draw_ahead(now(), until=float("inf"))
    assert how_many_wait() == 2


def test_a_demo_has_a_small_stock(in_app, monkeypatch):
    monkeypatch.setattr("portal.worker.IN_A_DEMO", 1)
    in_app.extensions["your_say_settings"] = replace(settings(), demo=True)
    draw_ahead(now(), until=float("inf"))
    assert how_many_wait() == 1


def test_a_stock_that_cannot_be_filled_stops_no_worker(in_app, monkeypatch, caplog):
    monkeypatch.setattr("portal.worker.wanted_at", lambda at: "many")
    draw_ahead(now(), until=float("inf"))
    assert "no secret words were drawn ahead" in caplog.text


def test_a_stolen_stock_shows_no_words_and_no_hash(in_app):
    fill_stock(1)
    ((kept, _),) = rows()
    drawn = draw_secret_words()
    assert not [word for word in drawn.words.split() if word.encode() in bytes(kept)]
    assert drawn.hashed not in bytes(kept)


def test_the_sealing_keys_alone_do_not_open_the_stock(in_app):
    """Whoever has them, but not the key of secret words, has what is locked once more."""
    fill_stock(1)
    locked = db.session.scalars(select(StockedWords)).one().kept
    with pytest.raises(SealBroken):
        unlock(locked, b"0" * 32)
    assert unlock(locked, ring.newest(Purpose.SECRET_WORDS).made_for(stock_of_words.USE))


def test_a_guess_at_words_that_were_given_out_costs_the_slow_hash_each_time(in_app, monkeypatch):
    """What is kept with a case is the same, whether its words came from the stock or were drawn on the spot."""
    fill_stock(1)
    drawn = draw_secret_words()
    a_case(drawn=drawn)
    asked = []
    monkeypatch.setattr("hashlib.scrypt", lambda *what, **more: asked.append((more["n"], more["r"])) or b"")
    case_by_secret_words(drawn.words, today())
    assert asked == [(2**14, 8)]


def test_a_set_that_does_not_open_is_thrown_away_and_nobody_waits_for_it(in_app):
    fill_stock(3)
    db.session.execute(text("update secret_word_stock set kept = :broken"), {"broken": b"\x01 broken"})
    db.session.commit()
    assert len(draw_secret_words().words.split()) == 4
    assert how_many_wait() == 0


def test_a_worker_with_wrong_keys_lays_nothing_down(in_app, monkeypatch):
    monkeypatch.setattr("portal.worker.wanted_at", lambda at: 2)
    monkeypatch.setattr("portal.worker.set_canary", lambda: False)
    draw_ahead(now(), until=float("inf"))
    assert how_many_wait() == 0


def test_after_a_restore_no_words_wait_that_were_given_out_before(in_app):
    fill_stock(TAKEN_AT_ONCE + 1)
    taken = draw_secret_words()
    done = in_app.test_cli_runner().invoke(args=["casework", "throw-words-away"])
    assert done.output == "1 sets of secret words were thrown away.\n"
    assert draw_secret_words().words != taken.words
    assert how_many_wait() == 0

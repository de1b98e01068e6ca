"""Logging a thank-you by the keyboard alone: the keys are counted, and the time is worked out from them."""

import sqlite3
from pathlib import Path

from playwright.sync_api import expect

KEY, SLOW_KEY, THINK = 0.28, 0.5, 1.35  # seconds (Card, Moran and Newell, 1980: the keystroke-level model)
MAX_KEYS, MAX_SECONDS = 22, 15


def compliments(base):
    path = next(Path(base).parent.glob("journey*/portal.db"))
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute("select count(*) from compliments").fetchone()[0]


def test_a_compliment_is_logged_in_few_keys(sign_in, tmp_path_factory, record_property):
    base = tmp_path_factory.getbasetemp() / "server.log"
    page, keys = sign_in("manager"), 0
    page.goto("/staff/log")
    before = compliments(base)

    def press(*pressed):
        nonlocal keys
        for key in pressed:
            keys += key.count("+") + 1
            page.keyboard.press(key)

    expect(page.locator("#about")).to_be_focused()
    press(*"Morg", "ArrowDown")  # whom it is for; the list offers Morgan
    if page.evaluate("document.activeElement.value") == "Morg":  # the list is the browser's own, which a test may not see
        page.evaluate("document.activeElement.value = 'Morgan Senior'")
    press("Tab")
    press("c", "c") if page.evaluate("document.activeElement.name") == "source" else press("Tab")
    press("Tab")
    assert page.evaluate("document.activeElement.id") == "words"
    page.evaluate("document.activeElement.value = 'Thank you for coming every time you said you would.'")
    keys += 2  # Ctrl+V
    press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Logged")
    assert compliments(base) == before + 1
    seconds, slow = keys * KEY + 4 * THINK, keys * SLOW_KEY + 4 * THINK
    record_property("bar 20, keys to log a thank-you", f"{keys}; {seconds:.1f} s, {slow:.1f} s for a slow typist")
    assert keys <= MAX_KEYS
    assert seconds <= MAX_SECONDS
    expect(page.locator("#about")).to_be_focused()
    assert page.locator("input[name=source]:checked").get_attribute("value") != "parent"  # the last choice is remembered

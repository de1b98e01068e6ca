"""A child who is not safe sends just that; a second message, after the first was answered, alerts again."""

import re

from playwright.sync_api import expect


def say_not_safe(phone):
    phone.goto("/y/")
    phone.get_by_role("button", name="Start").click()
    phone.get_by_role("link", name="OK, carry on").click()
    phone.locator("button", has_text="I do not feel safe").click()
    taps = 3
    expect(phone.locator("h1")).to_have_text("Get help")
    phone.get_by_role("button", name="Send: I do not feel safe").click()
    return taps + 1


def test_not_safe_alone_then_a_second_message_after_the_first_was_answered(phone, sign_in):
    assert say_not_safe(phone) == 4
    expect(phone.locator("h1")).to_have_text("Thank you. We have got it.")
    for number in ("999", "0800 1111"):
        expect(phone.locator("main")).to_contain_text(number)
    words = phone.locator(".secret").inner_text().replace(" - ", " ")

    officer = sign_in("officer")
    expect(officer.get_by_role("region", name="Read at once")).to_be_visible()
    rows = officer.locator("tbody tr", has=officer.locator(".tag.first"))
    references = [rows.nth(number).locator("th a").inner_text() for number in range(rows.count())]
    mine = None
    for reference in references:
        officer.goto(f"/staff/cases/{reference}")
        heard = officer.get_by_role("button", name="I have it").count() and officer.get_by_text("by online form").count()
        if heard and officer.get_by_text("I do not feel safe").count():
            mine = reference
            officer.get_by_role("button", name="I have it").click()
            break
    assert mine
    expect(officer.get_by_text("You have it. Nobody else is called.")).to_be_visible()
    expect(officer.get_by_role("button", name="I have it")).to_have_count(0)

    phone.goto("/y/back")
    phone.locator("[name=words]").fill(words)
    phone.locator("form button.main").click()
    phone.locator("textarea[name=words]").first.fill("my step dad is coming to get me")
    phone.locator("form", has=phone.locator("textarea[name=words]")).locator("button").first.click()

    officer.goto(f"/staff/cases/{mine}")
    expect(officer.get_by_role("heading", name="Read at once")).to_be_visible()
    expect(officer.locator("#messages")).to_contain_text(re.compile("my step dad is coming to get me"))
    officer.get_by_role("button", name="I have it").click()
    expect(officer.get_by_role("heading", name="The duty desk was told")).to_be_visible()

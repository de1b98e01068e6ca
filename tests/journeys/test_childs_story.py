"""A child's whole story: card, voice and picture, secret words, an answer in easy words, not sorted, looked at again."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.factories.files import a_recording
from tests.journeys.test_bars import press
from tests.journeys.test_whole_line import check_safeguarding, describe_and_decide, reference_of

ANSWER = {
    "What you told us": "You said the bus did not come.",
    "What we found": "You were right. We forgot it.",
    "What we will do": "It comes on Friday.",
}


def a_picture():
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(made, "JPEG")
    return made.getvalue()


def tell(phone):
    phone.goto("/c/7kq2")
    press(phone, phone.get_by_role("button", name="Start"))
    press(phone, phone.get_by_role("link", name="OK, carry on"))
    press(phone, phone.get_by_role("button", name="Something is wrong"))
    press(phone, phone.get_by_role("button", name="Carry on"))
    phone.get_by_label("Say it out loud").set_input_files(
        {"name": "note.m4a", "mimeType": "audio/mp4", "buffer": a_recording()}
    )
    phone.get_by_label("Send a photo or a video").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}
    )
    phone.get_by_label("Tell us more").fill("the quokka bus again")
    press(phone, phone.get_by_role("button", name="Carry on"))
    expect(phone.locator("h1")).to_have_text("Before you go on")
    press(phone, phone.get_by_role("link", name="No, carry on"))
    expect(phone.locator("main")).to_contain_text("A recording 1")
    press(phone, phone.get_by_role("link", name="Tell us a bit more"))
    for _ in range(3):
        press(phone, phone.get_by_role("link", name="Skip", exact=True))
    press(phone, phone.get_by_role("link", name="Skip", exact=True))
    phone.get_by_text("Easy words with pictures").click()
    press(phone, phone.get_by_role("button", name="Carry on"))
    press(phone, phone.get_by_role("link", name="Skip", exact=True))
    press(phone, phone.get_by_role("link", name="Skip", exact=True))
    press(phone, phone.get_by_role("button", name="Send it now"))
    return phone.locator(".secret").inner_text()


def come_back(phone, secret):
    phone.goto("/y/back")
    phone.get_by_label("Type your secret words").fill(secret)
    press(phone, phone.get_by_role("button", name="Carry on"))


def answer_in_easy_words(sign_in, officer, reference):
    describe_and_decide(officer, reference, 1, "Help for a child in need or in care", "It can be heard", "Statutory")
    officer.get_by_role("link", name="Read the letter").click()
    officer.get_by_role("button", name="Send the letter").click()
    officer.get_by_role("button", name="Acknowledge now").click()
    officer.get_by_role("link", name="Choose the senior manager").click()
    officer.locator("select").select_option(index=0)
    officer.locator("main form button").first.click()
    senior = sign_in("senior")
    senior.goto(f"/staff/cases/{reference}")
    senior.get_by_role("link", name="Appoint the team manager").click()
    senior.locator("select").select_option(index=0)
    senior.locator("main form button").first.click()
    manager = sign_in("manager")
    manager.goto(f"/staff/cases/{reference}")
    manager.route("**/reading-ease.js", lambda route: route.abort())  # a slow line: words are there before the script
    manager.get_by_role("link", name="Write the answer").click()
    manager.get_by_label("What we found").fill("Notwithstanding considerable organisational complications.")
    manager.unroute("**/reading-ease.js")
    manager.add_script_tag(url="/static/js/reading-ease.js")
    expect(manager.locator("#ease-found")).to_contain_text("Make it easier")  # while typing
    for label, words in ANSWER.items():
        manager.get_by_label(label).fill(words)
    expect(manager.locator("#ease-found")).to_contain_text("Easy to read")
    manager.get_by_role("button", name="Keep the answer").click()
    officer.goto(f"/staff/cases/{reference}")
    officer.get_by_role("link", name="Check the answer").click()
    officer.get_by_label("Yes, it can be sent").check()
    officer.get_by_role("button", name="Save").click()
    officer.get_by_role("link", name="Send the answer").click()
    officer.get_by_label("Upheld", exact=True).check()
    officer.get_by_role("button", name="Send it").click()
    expect(officer.get_by_text("The answer is written as a letter.")).to_be_visible()


def test_a_childs_whole_story(phone, sign_in):
    secret = tell(phone)
    officer = sign_in("officer")
    reference = reference_of(officer, "quokka")
    officer.goto(f"/staff/cases/{reference}")
    expect(officer.locator("#files audio")).to_have_count(1)
    expect(officer.locator("#files img")).to_have_count(1)
    officer.locator("#files summary").first.click()
    officer.get_by_label("In their own words").first.fill("he says the bus never came")
    officer.locator("#files").get_by_role("button", name="Keep it").first.click()
    expect(officer.locator("#files")).to_contain_text("he says the bus never came")
    check_safeguarding(officer, "No sign of it")
    answer_in_easy_words(sign_in, officer, reference)

    come_back(phone, secret)
    expect(phone.locator(".path .done")).to_have_count(4)
    expect(phone.locator(".boxes h3 svg")).to_have_count(3)
    expect(phone.locator(".boxes")).to_contain_text("It comes on Friday.")
    phone.get_by_label("Do you want to say something back?").fill("ok but will it come next week")
    press(phone, phone.get_by_role("button", name="Send"))
    expect(phone.get_by_role("status")).to_contain_text("We have got what you said")
    press(phone, phone.locator("form[action='/y/answer/sorted']").get_by_role("button", name="No"))
    phone.get_by_label("What is still wrong?").fill("it did not come on friday")
    press(phone, phone.get_by_role("button", name="Someone new looks at it"))
    expect(phone.locator(".path")).to_contain_text("Someone new looks into it")

    officer.goto(f"/staff/cases/{reference}")
    expect(officer.locator("h1")).to_contain_text("Stage 2")
    expect(officer.locator("#messages")).to_contain_text("it did not come on friday")
    expect(officer.locator("#came-back")).to_contain_text("It is not sorted")

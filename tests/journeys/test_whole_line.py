"""The whole line: a child's words and a parent's, from the first tap to the answer and the report."""

import csv
import io

from playwright.sync_api import expect

TODAY_WORDS = "my bike is at the old house and no one will get it. i want it back"


def tell_as_child(phone, words):
    """The core path; gives the secret words and the number of taps."""
    phone.goto("/c/7kq2")
    taps = 0
    for press in ("Start", "OK, carry on", "Something is wrong", None, "Carry on", None, "Carry on", "Send it now"):
        if press is not None:
            phone.locator("button, a.go").filter(has_text=press).first.click()
            taps += 1
        elif phone.url.endswith("/3"):
            phone.get_by_text("Money or my things").click()
            taps += 1
        else:
            phone.get_by_label("Tell us more").fill(words)
    return phone.locator(".secret").inner_text(), taps


def reference_of(desk, words):
    desk.goto("/staff/queue")
    desk.get_by_label("Find a reference").fill(words)
    desk.locator("form.filters button").click()
    return desk.locator("tbody tr th a").first.inner_text()


def accepted_in_year(desk):
    """How many complaints of this reporting year the annual report counts as heard, by its own CSV."""
    text = desk.request.get("/staff/reports/annual?edition=internal&format=csv").text().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    year = list(rows[0])[3]
    wanted = "Child or young person being looked after or in need"
    return next(int(row[year]) for row in rows if row["row"] == wanted)


def run_stage_1(sign_in, reference, finding):
    case = f"/staff/cases/{reference}"
    officer = sign_in("officer")
    officer.goto(case)
    officer.get_by_role("button", name="Acknowledge now").click()
    officer.get_by_role("link", name="Choose the senior manager").click()
    officer.get_by_label("Who").select_option(label="Morgan Senior, Children in Care")
    officer.get_by_role("button", name="Save").click()
    senior = sign_in("senior")
    senior.goto(case)
    senior.get_by_role("link", name="Appoint the team manager").click()
    senior.get_by_label("Who").select_option(label="Sam Manager, Children in Need / Chester")
    senior.get_by_role("button", name="Save").click()
    manager = sign_in("manager")
    manager.goto(case)
    manager.get_by_role("link", name="Write the answer").click()
    answer = "We got your bike. It is at your new home. We should have done that sooner."
    expect(manager.locator("h1")).to_have_text("Write the answer")
    if manager.get_by_label("The answer").count():
        manager.get_by_label("The answer").fill(answer)
    else:  # a child's answer has three parts
        manager.get_by_label("What you told us").fill("You said your bike was at the old house.")
        manager.get_by_label("What we found").fill(answer)
        manager.get_by_label("What we will do").fill("We will ask about your things each time you move.")
    manager.get_by_role("button", name="Keep the answer").click()
    officer.goto(case)
    officer.get_by_role("link", name="Check the answer").click()
    officer.get_by_label("Yes, it can be sent").check()
    officer.get_by_role("button", name="Save").click()
    officer.get_by_role("link", name="Send the answer").click()
    officer.get_by_label(finding, exact=True).check()
    officer.get_by_role("button", name="Send it").click()
    expect(officer.get_by_text("The answer is written as a letter.")).to_be_visible()
    return officer


def describe_and_decide(desk, reference, position, matter, decision, route, reasons=""):
    desk.goto(f"/staff/cases/{reference}/parts/{position}")
    desk.get_by_label("What is it about?").select_option(label=matter)
    desk.get_by_label("It is still going on").check()
    desk.get_by_role("button", name="Save").click()
    desk.goto(f"/staff/cases/{reference}/parts/{position}/decide")
    desk.get_by_label(decision).check()
    desk.get_by_label("Where it goes").select_option(label=route)
    desk.get_by_label("Reasons, as the person will read them").fill(reasons)
    desk.get_by_role("button", name="Save the decision").click()


def check_safeguarding(desk, answer, handed_to=""):
    desk.get_by_label(answer).check()
    desk.get_by_label("Handed to").fill(handed_to)
    desk.locator("#safeguarding").get_by_role("button", name="Save").click()


def test_a_childs_words_travel_from_a_card_to_an_answer_and_into_the_report(phone, sign_in):
    secret, taps = tell_as_child(phone, TODAY_WORDS)
    assert taps <= 7
    officer = sign_in("officer")
    counted = accepted_in_year(officer)
    reference = reference_of(officer, "bike house back")
    officer.goto(f"/staff/cases/{reference}")
    expect(officer.locator("dl").first).to_contain_text(TODAY_WORDS)
    check_safeguarding(officer, "No sign of it")
    describe_and_decide(officer, reference, 1, "Help for a child in need or in care", "It can be heard", "Statutory")
    officer.get_by_role("link", name="Read the letter").click()
    officer.get_by_role("button", name="Send the letter").click()
    run_stage_1(sign_in, reference, "Upheld")

    phone.goto("/y/back")
    typed = secret.upper().replace(" - ", "-")
    phone.get_by_label("Type your secret words").fill(typed)
    phone.get_by_role("button", name="Carry on").click()
    expect(phone.locator("main")).to_contain_text("We got your bike")
    expect(phone.locator("main")).to_contain_text("You were right. We are sorry.")
    phone.get_by_label("Do you want to say something back?").fill("thank you")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("main")).to_contain_text("thank you")
    assert accepted_in_year(officer) == counted + 1


def test_a_parents_mixed_complaint_goes_two_ways_in_one_letter(phone, sign_in):
    phone.goto("/")
    phone.get_by_role("link", name="I want to complain").click()
    phone.get_by_role("button", name="Start now").click()
    answers = {
        "link": lambda: phone.get_by_label("parental responsibility").check(),
        "what": lambda: phone.get_by_label("What is your complaint about?").fill(
            "The blue badge office lost my form. And my nephew Orlando is left alone at night."
        ),
        "when": lambda: phone.get_by_label("It is still going on").check(),
        "court": lambda: phone.get_by_label("No", exact=True).check(),
        "contact": lambda: (
            phone.get_by_label("Email").fill("parent@example.org"),
            phone.get_by_label("Yes", exact=True).check(),
        ),
        "name": lambda: phone.get_by_label("Your name").fill("Ingrid Parent"),
    }
    for step in ("link", "child", "what", "when", "team", "talked", "court", "right", "views", "contact", "name"):
        assert phone.url.endswith(f"/complain/{step}")
        answers.get(step, lambda: None)()
        phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("button", name="Send it").click()
    reference = phone.locator(".good b").first.inner_text()

    officer = sign_in("officer")
    officer.goto(f"/staff/cases/{reference}")
    check_safeguarding(officer, "Yes, a child may be at risk", "Dana Duty, by phone at 10:15")
    officer.goto(f"/staff/cases/{reference}/parts/1")
    officer.get_by_label("This part, in a few words of theirs").fill("The blue badge office lost my form.")
    officer.get_by_role("button", name="Save").click()
    expect(officer.get_by_text("Choose what this part is about").first).to_be_visible()
    expect(officer.get_by_label("This part, in a few words of theirs")).to_have_value("The blue badge office lost my form.")
    no = "It cannot be heard here"
    describe_and_decide(
        officer, reference, 1, "How a child protection enquiry was done", no, "Corporate", "It has its own road."
    )
    officer.goto(f"/staff/cases/{reference}/parts/new")
    officer.get_by_label("This part, in a few words of theirs").fill("My nephew is left alone at night.")
    officer.get_by_label("What is it about?").select_option(label="A child who may be at risk now")
    officer.get_by_role("button", name="Save").click()
    risk = "A child who may be at risk now"
    describe_and_decide(officer, reference, 2, risk, no, "Safeguarding", "A child may be at risk.")
    officer.get_by_role("link", name="Read the letter").click()
    letter = officer.get_by_label("The letter").input_value()
    assert "corporate" not in letter
    assert "council's own complaints procedure" in letter
    assert "people who keep children safe" in letter
    assert "Ombudsman" in letter
    officer.get_by_role("button", name="Send the letter").click()
    expect(officer.locator("h1")).to_contain_text("Other routes")
    expect(officer.locator(".timeline")).to_contain_text("handed to Dana Duty, by phone at 10:15")

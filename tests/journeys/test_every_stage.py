"""One complaint through stages 1, 2, 3 and the Ombudsman; another split into four routes: in a browser."""

import re
import zipfile
from datetime import timedelta

from playwright.sync_api import expect

from portal.clock import today
from tests.journeys.test_bars import reflows, violations
from tests.journeys.test_whole_line import check_safeguarding, describe_and_decide, run_stage_1

TODAY = today().isoformat()


def logged(officer, words):
    """A parent's complaint by phone, logged by the team."""
    officer.goto("/staff/log")
    officer.get_by_label("Complaint").check()
    officer.get_by_label("Parent", exact=True).check()
    officer.locator("textarea").first.fill(words)
    officer.get_by_role("button", name="Save").click()
    return re.search(r"YS-\w+", officer.locator("main").inner_text())[0]


def fill(page, answers):
    """Each answer by the name of its field: text, a tick, or one of several."""
    for name, value in answers.items():
        field = page.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif kind == "checkbox":
            field.check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(**value if isinstance(value, dict) else {"value": value})
        else:
            field.fill(value)


def step(page, case, address, told="", letter=False, **answers):
    """One step: its page, its form, and its letter when it has one."""
    page.goto(f"{case}/{address}")
    fill(page, answers)
    page.locator("main form button").last.click()
    written = ""
    if letter:
        written = page.locator("#letter").input_value()
        page.get_by_role("button", name="Send the letter").click()
    if told:
        expect(page.locator("[role=status]")).to_contain_text(told)
    return written


def to_stage_2(sign_in, officer, reference):
    case = f"/staff/cases/{reference}"
    officer.goto(case)
    officer.get_by_role("button", name="They ask for stage 2").click()
    expect(officer.locator("h1")).to_contain_text("Stage 2")
    seat = {"on": TODAY, "in_line": "no", "knew": "no", "fee": "650"}
    officer.goto(f"{case}/do/appoint-independent-person")
    fill(officer, seat | {"listed": {"label": "Robin Visitor, North West"}, "knew": "yes"})
    officer.get_by_role("button", name="Appoint").click()
    expect(officer.locator(".error-summary, [role=alert]").first).to_contain_text("knew of the complaint before")
    officer.get_by_label("No", exact=True).last.check()
    officer.get_by_role("button", name="Appoint").click()
    investigator = {"listed": {"label": "Indra Investigator, North West"}}
    step(officer, case, "do/appoint-investigating-officer", "They are appointed.", **seat, **investigator)
    step(
        officer, case, "do/statement", "The version is kept.", elements="The visits stopped.\nNobody rang.", desired="A plan"
    )
    step(officer, case, "do/send-statement", "on its way", letter=True)
    step(officer, case, "do/agreed", "The statement is agreed.", on=TODAY, how="By email")
    step(officer, case, "do/decider-2", "written down", person={"label": "Morgan Senior, Children in Care"})


def investigated(sign_in, reference):
    case = f"/staff/cases/{reference}"
    investigator = sign_in("investigator")
    interview = {"on": TODAY, "whom": "The mother", "with_independent": "yes"}
    step(investigator, case, "investigate/interview", "The interview is written down.", **interview)
    for place, result in ((1, "upheld"), (2, "partially_upheld")):
        found = {"evidence": "The record", "result": result, "reasons": "It shows it", "recommendation": "Ring each week"}
        step(investigator, case, f"investigate/find-2/{place}", "It is kept.", **found)
    step(investigator, case, "investigate/report", "handed in", text="We read everything.")
    independent = sign_in("visitor")
    for place in (1, 2):
        step(independent, case, f"independent/comment/{place}", "The comment is kept.", agrees="yes", comment="Fair.")
    step(independent, case, "independent/report", "handed in", text="It was open and fair.")
    senior = sign_in("senior")
    step(senior, case, "decide/decide-2", "decision is written", decision_1="upheld", decision_2="partially_upheld")


def test_one_complaint_goes_through_every_stage_to_the_ombudsman(sign_in, tmp_path):
    officer = sign_in("officer")
    reference = logged(officer, "The visits stopped in May and nobody rang us about it.")
    case = f"/staff/cases/{reference}"
    officer.goto(case)
    check_safeguarding(officer, "No sign of it")
    describe_and_decide(officer, reference, 1, "Help for a child in need or in care", "It can be heard", "Statutory")
    officer.get_by_role("link", name="Read the letter").click()
    officer.get_by_role("button", name="Send the letter").click()
    run_stage_1(sign_in, reference, "Partially upheld")
    to_stage_2(sign_in, officer, reference)
    investigated(sign_in, reference)
    answer_stage_2(officer, case)
    to_the_panel(sign_in, officer, case)
    to_the_ombudsman(officer, case, tmp_path)


def answer_stage_2(officer, case):
    officer.goto(f"{case}/do/answer-2")
    officer.get_by_role("button", name="Read the letter").click()
    letter = officer.locator("#letter").input_value()
    assert "Part 2: Nobody rang." in letter
    assert "The independent person's report" in letter
    officer.locator("#letter").fill(letter.replace("We are sorry for what went wrong.", ""))
    officer.get_by_role("button", name="Send the letter").click()
    expect(officer.locator("main")).to_contain_text("the letter does not say sorry")
    officer.locator("#letter").fill(letter)
    officer.get_by_role("button", name="Send the letter").click()
    expect(officer.locator("h1")).to_contain_text("Answered")


def to_the_panel(sign_in, officer, case):
    officer.get_by_role("button", name="They ask for stage 3").click()
    seat = {"on": TODAY, "in_line": "no", "knew": "no"}
    officer.goto(f"{case}/do/appoint-panel-member")
    fill(officer, seat | {"listed": {"label": "Robin Visitor, North West"}})
    officer.get_by_role("button", name="Appoint").click()
    expect(officer.locator("main")).to_contain_text("reg 19(3)")
    for name, slug in (("Pat Panel", "chair"), ("Ari Member", "member"), ("Lou Member", "member")):
        someone = {"listed": {"label": f"{name}, North West"}}
        step(officer, case, f"do/appoint-panel-{slug}", "They are appointed.", **seat, **someone)
    panel_reports(sign_in, officer, case)
    director = sign_in("director")
    words = {"with_independent_person": "They agree.", "decision_1": "upheld", "decision_2": "upheld"}
    step(director, case, "decide/decide-3", "decision is written", **words)
    answer = step(officer, case, "do/answer-3", "The answer is written as a letter.", letter=True)
    assert "This was the last stage" in answer
    expect(officer.locator("h1")).to_contain_text("Closed")


def panel_reports(sign_in, officer, case):
    soon = (today() + timedelta(days=20)).isoformat()
    notice = step(officer, case, "do/call-panel", "is called", letter=True, meets_on=soon, where="at County Hall")
    assert "at County Hall" in notice
    step(officer, case, "do/panel-met", "written down", on=TODAY)
    step(officer, case, "do/decider-3", "written down", person={"label": "Jo Director, Children's Services"})
    panel = sign_in("panel")
    for place in (1, 2):
        found = {"evidence": "Both reports", "result": "upheld", "reasons": "We agree", "recommendation": "Say sorry"}
        step(panel, case, f"panel/find-3/{place}", "It is kept.", **found)
    report = {"text": "We heard both sides.", "on": TODAY, "received_on": TODAY, "complainant": "y", "council": "y"}
    panel.goto(f"{case}/panel/report")
    fill(panel, report)
    panel.get_by_role("button", name="Hand it in").click()
    expect(panel.locator("main")).to_contain_text("must also go to: advocate if any, independent person")
    everyone = {name: "y" for name in ("advocate_if_any", "independent_person", "others_with_sufficient_interest")}
    step(panel, case, "panel/report", "handed in", **report, **everyone)


def looks_right(page, case, *addresses):
    """Axe finds nothing on the case and these pages of it, and nothing is wider than the screen."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("", *(f"/{one}" for one in addresses)):
            page.goto(f"{case}{address}")
            assert violations(page) == [], address
            assert reflows(page), address
    page.goto(case)


def to_the_ombudsman(officer, case, tmp_path):
    officer.goto(f"{case}/do/ombudsman")
    early = {"contact": "early_referral", "their_reference": "26 001 234", "received_on": TODAY, "words": "They want it"}
    fill(officer, early)
    officer.get_by_role("button", name="Save").click()
    expect(officer.locator("main")).to_contain_text("Stage 3 cannot be left out")
    fill(officer, {"contact": "investigation"})
    officer.get_by_role("button", name="Save").click()
    due = (today() + timedelta(days=28)).isoformat()
    step(officer, case, "do/ombudsman-asks", "written down", kind="enquiry", words="Send the file", due_on=due)
    officer.locator("#ombudsman").get_by_role("link", name="It is done").click()
    fill(officer, {"evidence": "Sent by email"})
    officer.get_by_role("button", name="Save").click()
    step(officer, case, "do/ombudsman-decided", "written down", decision="upheld", decided_on=TODAY, words="Fault in delay")
    step(officer, case, "do/ombudsman-asks", "written down", kind="remedy", words="Pay 200 pounds", due_on=due)
    expect(officer.locator(".panel.now")).to_contain_text("The Ombudsman asked for a remedy")
    officer.goto(f"{case}/bundle")
    with officer.expect_download() as got:
        officer.get_by_role("button", name="Make the bundle").click()
    path = tmp_path / "bundle.zip"
    got.value.save_as(path)
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        assert "full/01-chronology.pdf" in names
        assert "without-names/00-index.pdf" in names
        assert all(bundle.read(name).startswith(b"%PDF") for name in names)
    story = officer.locator(".timeline")
    officer.goto(case)
    for told in ("was appointed as investigating officer", "The panel met", "The Ombudsman decided", "A bundle was made"):
        expect(story).to_contain_text(told)
    looks_right(officer, case, "do/ombudsman", "bundle", "learning")


PARTS = (
    ("The respite stopped.", "Help for a child in need or in care", "It can be heard", "Statutory", ""),
    (
        "The enquiry was done while we were away.",
        "How a child protection enquiry was done",
        "It cannot be heard here",
        "Corporate",
        "Why",
    ),
    ("A letter went to my neighbour.", "Personal data", "It cannot be heard here", "Data protection", "Why"),
    (
        "The plan is wrong.",
        "A child protection conference's decision",
        "It cannot be heard here",
        "Conference appeal",
        "Why",
    ),
)


def test_one_complaint_is_answered_on_four_routes_each_on_its_own_clock(sign_in):
    officer = sign_in("officer")
    reference = logged(officer, "Four things went wrong for us this year.")
    case = f"/staff/cases/{reference}"
    officer.goto(case)
    check_safeguarding(officer, "No sign of it")
    for position, (words, matter, decision, route, reasons) in enumerate(PARTS, start=1):
        officer.goto(f"{case}/parts/{position if position == 1 else 'new'}")
        officer.get_by_label("This part, in a few words of theirs").fill(words)
        officer.get_by_label("What is it about?").select_option(label=matter)
        officer.get_by_role("button", name="Save").click()
        describe_and_decide(officer, reference, position, matter, decision, route, reasons)
    officer.get_by_role("link", name="Read the letter").click()
    letter = officer.get_by_label("The letter").input_value()
    assert all(f"Part {number}:" in letter for number in (1, 2, 3, 4))
    assert "Your contact for every part of this is Rowan Officer." in letter
    officer.get_by_role("button", name="Send the letter").click()
    expect(officer.locator("h1")).to_contain_text("Stage 1")
    for part in (2, 3):
        officer.goto(f"{case}/do/acknowledge-part/{part}")
        officer.get_by_role("button", name="Acknowledge now").click()
        written = {"text": "We looked into it.", "result": "upheld"}
        answer = step(officer, case, f"do/answer-part/{part}", "The answer is written as a letter.", letter=True, **written)
        assert ("Information Commissioner" in answer) == (part == 3)
    passed = step(officer, case, "do/pass-on/4", "passed on", letter=True, to_whom="The partnership, 01632 960 200")
    assert "01632 960 200" in passed
    step(officer, case, "do/corporate-stage-2/2", "written down", requested_on=TODAY)
    officer.goto(f"{case}/do/acknowledge-part/2")
    officer.get_by_role("button", name="Acknowledge now").click()
    officer.goto(f"{case}/do/answer-part/2")
    fill(officer, {"text": "We looked again.", "result": "not_upheld"})
    officer.get_by_role("button", name="Read the letter").click()
    officer.get_by_role("button", name="Send the letter").click()
    expect(officer.locator("main")).to_contain_text("Someone who did not answer stage 1 must answer stage 2")
    run_stage_1(sign_in, reference, "Upheld")
    officer.goto(case)
    looks_right(officer, case, "do/answer-part/3")
    dates = officer.locator("#dates")
    for limit in ("Answer at stage 1", "Answer a corporate part", "Acknowledge a part about personal data"):
        expect(dates).to_contain_text(limit)

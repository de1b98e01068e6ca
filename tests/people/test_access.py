"""Every endpoint, and who may use it: this table must match the app."""

import pytest
from sqlalchemy import event
from werkzeug.routing import IntegerConverter

from portal.database import db
from portal.people.access import OPEN, SIGNED_IN, access_of
from portal.people.roles import PERMISSIONS, Permission, Role, permissions_of
from portal.people.services import AlreadyHere, add_person
from tests.factories.people import PASSWORD
from tests.factories.web import errors_on, fill_in, page_of

TABLE = {
    OPEN: """
        static security.login security.logout security.two_factor_setup security.two_factor_token_validation
        security.tf_select security.wan_signin security.wan_signin_response
        security.mf_recovery council_sign_in.leave_for_council council_sign_in.back_from_council
        doors.home doors.from_card doors.begin_from_card doors.leave doors.help_now doors.is_my_card_real
        thanks.say thanks.say_at thanks.ask thanks.sent doors.healthz doors.same_visit doors.left
        child.start child.begin_telling child.know child.kind child.someone_on_your_side child.not_safe child.about
        child.words child.before_you_go_on child.find child.must_not_see child.check child.sent child.share child.clear
        child.more child.take_away child.still_there child.ask_for_side doors.choose_language
        film.watch film.story film.file film.seen film.leaflet
        doors.visit doors.hand_over_tablet doors.sorted_already
        back.say_sorted back.not_sorted back.treated_badly back.treated_well_or_badly back.wish back.side
        back.come_back back.answer journeys.start journeys.come_back journeys.step journeys.check journeys.sent
        learning.you_said
    """,
    Permission.LOG: "staff_log.log staff_log.undo cards.handed_out compliments.wall compliments.mine",
    Permission.READ_CASES: """
        desk.queue_page desk.case desk.say_why desk.give_file desk.read_file desk.give_page desk.letter_on_paper
    """,
    Permission.STAND_BY: "desk.caseload",
    Permission.LET_IN: """
        desk.show_part desk.decide_contact desk.take_down_wall desk.hand_over_everything desk.undo_hand_over
    """,
    Permission.SEE_WHO_LOOKED: "desk.unusual_access",
    Permission.TRIAGE: """
        desk.hand_to desk.safeguarding desk.standing desk.close desk.message desk.ask_for_stage_2
        desk.ask_for_stage_3
        desk.link desk.merge desk.split desk.became_complaint desk.second_look desk.hand_over desk.letter_left
        desk.add_party desk.mend_party desk.remove_party desk.swap_complainant desk.tell_member
        desk.hide_part desk.element_part desk.do_not_agree desk.child_agrees desk.interest
        desk.move_part desk.send_statement desk.amend_statement desk.offer_meeting desk.meeting_held
        desk.correct desk.stop_email desk.wait desk.new_date desk.advocate desk.letters_on_paper
        desk.statement desk.attempt desk.agreed desk.on_the_record desk.appoint_investigating_officer
        desk.appoint_independent_person desk.decider_2 desk.extend_2 desk.answer_2 desk.end_2 desk.end_appointment
        desk.lateness desk.appoint_panel_chair desk.appoint_panel_member desk.call_panel desk.panel_met desk.decider_3
        desk.answer_3 desk.end_3 desk.drop_early_request
        desk.ombudsman desk.ombudsman_asks desk.ombudsman_done desk.ombudsman_decided
        desk.acknowledge_part desk.extend_part desk.answer_part desk.corporate_stage_2 desk.pass_on desk.review_hold
        desk.proceedings_ended desk.take_up_again desk.end_hold
        desk.make_bundle_page desk.add_part desk.describe_part desk.decide_part
        desk.sign_part desk.tell desk.counted_again desk.second_looks
        stage_1.all_stored_answers stage_1.remove_one_stored_answer
        desk.acknowledge desk.reply_read desk.have_it desk.reopen desk.allocate desk.extend
        compliments.whom compliments.words compliments.fine compliments.ask compliments.pass_on compliments.passed_on
        compliments.agreed compliments.changed_mind compliments.quote compliments.check compliments.unquote
        thanks.decide email.set_aside email.settle staff_log.many
        desk.who_may_see desk.put_up_wall desk.give_access desk.end_access desk.take_file
        desk.transcribe desk.settle desk.note_consent desk.new_secret_words
        independent_people.all_listed independent_people.new_entry independent_people.one_entry
    """,
    Permission.INVESTIGATE: "desk.interview desk.find_2 desk.investigation_report",
    Permission.COMMENT: "desk.comment desk.independent_report",
    Permission.SIT_ON_PANEL: "desk.find_3 desk.panel_report",
    Permission.ADJUDICATE: "desk.decide_2 desk.decide_3",
    Permission.ALLOCATE: "desk.appoint",
    Permission.ANSWER: """
        desk.answer stage_1.reading_ease learning.review learning.case_learning learning.done learning.confirmed
        learning.tell_you_said desk.forecast
    """,
    Permission.CHECK_ANSWERS: "desk.check desk.send",
    Permission.READ_COMPLIMENTS: "compliments.all_compliments compliments.one compliments.give_file compliments.digest",
    Permission.MAKE_CARDS: "cards.all_batches cards.printed cards.change cards.how_it_goes thanks.posters thanks.poster",
    Permission.READ_REPORTS: "reports.annual reports.voices reports.thanks",
    Permission.CHANGE_CALENDAR: "working_days.bank_holidays",
    Permission.CHANGE_PEOPLE: """
        people_pages.all_people people_pages.sign_ins people_pages.one_person people_pages.teams people_pages.one_team
        people_pages.bring_in
    """,
    Permission.AGREE_TO_ACCESS: "people_pages.requests people_pages.answer_request",
    SIGNED_IN: """
        doors.staff security.change_password security.mf_recovery_codes security.two_factor_setup_validate
        security.wan_register security.wan_register_response security.wan_delete people_pages.my_sign_in
    """,
    None: "security.static security.verify security.two_factor_rescue security.wan_verify security.wan_verify_response",
}
WORDS = {
    "door": "complain",
    "number": 2,
    "action": "done",
    "what": "card",
    "change": "withdraw",
    "answer": "agree",
}  # what stands in an address; elsewhere a 1
# They wipe, count, or note a search.
WRITES_ON_GET = {
    "doors.leave",
    "doors.visit",
    "doors.from_card",
    "film.file",
    "desk.queue_page",
}
READS_A_CASE = ("desk.", "learning.")  # every page of a case notes who read it, in the audit and nowhere else


def addresses(app, method):
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint not in ("static", "security.static"):
            values = {name: WORDS.get(name, 1) for name in rule.arguments}
            yield rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def test_the_table_matches_the_app(app):
    told = {endpoint: access for access, names in TABLE.items() for endpoint in names.split()}
    found = {endpoint: access_of(app, endpoint) for endpoint in app.view_functions}
    assert found == told


def test_signed_out_every_closed_page_leads_to_the_sign_in_or_nowhere(app, client):
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            if access_of(app, endpoint) != OPEN:
                answer = client.open(address, method=method)
                assert answer.status_code == 302, endpoint
                assert "/staff/sign-in" in answer.location


@pytest.mark.parametrize("role", Role)
def test_each_role_is_refused_what_is_not_its_permission(app, staff, role):
    client = staff(role)
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            access = access_of(app, endpoint)
            if access not in (OPEN, SIGNED_IN) and access not in PERMISSIONS[role]:
                assert client.open(address, method=method).status_code == 403, (role, endpoint)


def test_an_administrator_cannot_read_cases():
    assert not PERMISSIONS[Role.ADMINISTRATOR] & {Permission.READ_CASES, Permission.READ_ALL_CASES, Permission.TRIAGE}


def test_permissions_of_two_roles_add_up():
    assert permissions_of(["any_staff", "report_reader"]) == {Permission.LOG, Permission.READ_REPORTS}


def test_a_get_writes_nothing(app, staff):
    client, wrote = staff(), []
    with app.app_context():
        engine = db.engine

    def note(connection, cursor, statement, *rest):
        if statement.split()[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            wrote.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    for endpoint, address in addresses(app, "GET"):
        wrote.clear()
        client.get(address)
        is_noted = endpoint.startswith(READS_A_CASE)
        left = [statement for statement in wrote if not (is_noted and "audit_" in statement.split("(")[0])]
        assert not left or endpoint in WRITES_ON_GET, (endpoint, left)
    event.remove(engine, "before_cursor_execute", note)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app, client):
    with app.app_context():
        add_person("known@example.org", "Kit", [Role.ANY_STAFF], password="a long enough password")
    pages = []
    for email in ("known@example.org", "unknown@example.org"):
        page = page_of(client.get("/staff/sign-in"))
        token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
        data = {"email": email, "password": "wrong", "csrf_token": token}
        pages.append(errors_on(page_of(client.post("/staff/sign-in", data=data))))
    assert pages[0] == pages[1]
    assert "Check the email address and the password" in pages[0]


def test_many_guesses_at_one_account_are_slowed_and_others_are_not(client):
    codes = [client.post("/staff/sign-in", data={"email": "a@example.org", "password": "x"}).status_code for _ in range(11)]
    assert codes[-1] == 429
    assert client.post("/staff/sign-in", data={"email": "b@example.org", "password": "x"}).status_code == 200


def test_signing_out_needs_the_forms_own_token(staff):
    client = staff()
    assert client.get("/staff/sign-out").status_code == 405
    refused = client.post("/staff/sign-out")
    assert "You are still signed in" in page_of(refused)
    assert client.get("/staff/queue").status_code == 200
    assert fill_in(client, "/staff/queue", "/staff/sign-out").status_code == 302
    assert client.get("/staff/queue").status_code == 302


def test_no_number_in_an_address_is_larger_than_the_database_can_hold(app):
    numbers = [
        (rule.rule, converter.max)
        for rule in app.url_map.iter_rules()
        for converter in rule._converters.values()
        if isinstance(converter, IntegerConverter)
    ]
    assert len(numbers) >= 20
    assert [rule for rule, most in numbers if most is None or most > 2**31 - 1] == []


def test_signing_out_makes_a_copied_cookie_worthless(staff):
    client = staff()
    copied = client.get_cookie("session").value
    form = fill_in(client, "/staff/queue", "/staff/sign-out")
    assert form.status_code == 302
    client.set_cookie("session", copied)
    assert client.get("/staff/queue").status_code == 302


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.CUSTOMER_RELATIONS, "queue"),
        (Role.DIRECTOR, "queue"),
        (Role.REPORT_READER, "annual"),
        (Role.ANY_STAFF, "log"),
        (Role.ADMINISTRATOR, "bank-holidays"),
    ],
)
def test_each_role_lands_on_a_page_that_it_may_open(staff, role, page):
    client = staff(role)
    landed = client.get("/staff/").location
    assert page in landed
    assert client.get(landed).status_code == 200


def test_a_refused_page_keeps_the_way_out(staff):
    page = page_of(staff(Role.ANY_STAFF).get("/staff/queue"))
    assert "Sign out" in page


def test_someone_changes_their_password(staff):
    client = staff(Role.ANY_STAFF)
    good = {"password": PASSWORD, "new_password": "three brown horses", "new_password_confirm": "three brown horses"}
    wrong = fill_in(client, "/staff/password", **good | {"new_password_confirm": "no"})
    assert "Error: " in page_of(wrong)
    assert fill_in(client, "/staff/password", **good).status_code == 302


def test_a_colleague_is_taken_in_with_a_role(in_app):
    run = in_app.test_cli_runner().invoke
    assert (
        "first password"
        in run(args=["people", "add", "o@example.org", "--role", "customer_relations", "--name", "O"]).output
    )
    assert run(args=["people", "add", "p@example.org", "--role", "king"]).exit_code == 2


def test_the_first_administrator_is_made_once(in_app):
    run = in_app.test_cli_runner().invoke
    assert "first password" in run(args=["people", "create-admin", "admin@example.org"]).output
    again = run(args=["people", "create-admin", "ADMIN@example.org"])
    assert (again.exit_code, "already there" in again.output) == (1, True)
    assert run(args=["people", "create-admin", "nobody"]).exit_code == 2


def test_a_second_person_with_one_address_is_refused(in_app):
    add_person("one@example.org", "One", [Role.ANY_STAFF], password="a long enough password")
    with pytest.raises(AlreadyHere):
        add_person("one@example.org", "Two", [Role.ANY_STAFF], password="a long enough password")


def test_who_is_refused_a_page_is_seen_in_the_log(staff, client, caplog):
    reader = staff(Role.REPORT_READER)
    assert reader.get("/staff/people/").status_code == 403
    assert client.post("/y/", data=b"{}", content_type="application/json").status_code == 400
    assert "refused: 403 for person" in caplog.text
    assert "refused: 400 for somebody" in caplog.text

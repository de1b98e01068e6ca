"""The staff directory finds people by any of their names, and is brought up to date by a table."""

import io

import pytest

from portal.audit.queries import entries_about
from portal.clock import now
from portal.database import db
from portal.people.directory import find_people, people_named_in, picker, team_by_name, team_names, whom_it_means
from portal.people.models import Person
from portal.people.roles import Role
from portal.people.services import LastAdministrator, Listing, OwnManager, change_listing, deactivate, let_leavers_go
from portal.people.staff_import import import_staff, read_roster
from portal.people.teams import NameTaken, close_team, rename_team, team_called
from portal.web.sheets import SheetRefused
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, page_of

TEAM = "Children in Need / Chester"


def someone(name, team=TEAM, nicknames=(), former_names=()):
    person = a_person(Role.ANY_STAFF, name)
    change_listing(person.id, Listing(name, team, nicknames, former_names), at=now())
    return person.id


def table(*lines):
    return "\n".join(["email,name,team,manager_email,nicknames,former_names,roles,left_on", *lines]).encode()


def brought(*lines, keep=True):
    return import_staff(read_roster(table(*lines))[0], keep=keep, at=now(), by_id=None)


def person(email):
    return db.session.query(Person).filter_by(email=email).one()


@pytest.mark.parametrize(
    "text",
    [
        "Rebecca Jones",
        "thank you rebecca JONES so much",
        "Bex Jones",
        "Rebecca Smith",
        "Jones, Rebecca",
        f"Rebecca Jones, {TEAM}",
    ],
)
def test_thanks_find_someone_by_any_whole_name(in_app, text):
    rebecca = someone("Rebecca Jones", nicknames=("Bex",), former_names=("Rebecca Smith",))
    someone("Kit Brown")
    meant = whom_it_means(text)
    assert (meant.people, meant.is_sure) == ((rebecca,), True)


def test_one_name_alone_is_never_sure(in_app):
    bex = someone("Rebecca Jones", nicknames=("Bex",))
    assert whom_it_means("Bex") == whom_it_means("bex was lovely")
    assert whom_it_means("Bex").people == (bex,)
    assert not whom_it_means("Bex").is_sure


def test_two_of_one_name_are_never_sure_unless_the_picker_chose(in_app):
    first, second = someone("Sam Jones"), someone("Sam Jones", "Transition Team")
    assert set(whom_it_means("Sam Jones").people) == {first, second}
    assert not whom_it_means("Sam Jones").is_sure
    assert whom_it_means("Sam Jones, Transition Team").people == (second,)


def test_several_people_and_a_team_are_all_thanked(in_app):
    sam, kit = someone("Sam Jones"), someone("Kit Brown")
    meant = whom_it_means("Sam Jones, Kit Brown and the Transition Team")
    assert meant.people == (kit, sam)
    assert meant.teams == (team_by_name("Transition Team").id,)


def test_the_last_part_of_a_teams_name_is_a_guess(in_app):
    meant = whom_it_means("the fostering team")
    assert meant.teams == (team_by_name("Provider Services / Fostering").id,)
    assert not meant.is_sure
    assert whom_it_means("Chester").teams == ()


def test_someone_who_left_is_still_found_for_thanks_and_not_offered(in_app):
    sam = someone("Sam Jones")
    deactivate(sam, at=now())
    assert whom_it_means("Sam Jones").people == (sam,)
    assert not any("Sam Jones" in told for told, _ in picker())


def test_nicknames_are_offered_and_former_names_never(in_app):
    someone("Rebecca Jones", nicknames=("Bex",), former_names=("Rebecca Smith",))
    assert (f"Rebecca Jones, {TEAM}", "Bex") in picker()
    assert "Smith" not in str(picker())


def test_a_wall_is_built_by_a_former_name_too(in_app):
    rebecca = someone("Rebecca Jones", former_names=("Rebecca Smith",))
    assert people_named_in("my worker was Rebecca Smith then")[0] == {rebecca}


def test_a_new_name_keeps_the_old_one_findable(in_app):
    key = someone("Rebecca Smith")
    assert change_listing(key, Listing("Rebecca Jones", TEAM), at=now()) == ("name", "former_names")
    assert [one.id for one in find_people("smith")[0]] == [key]


@pytest.mark.parametrize("words", ["reb jon", "bex", "smith", "CHESTER", "rebecca.jones"])
def test_the_search_finds_by_beginnings_team_and_address(in_app, words):
    key = someone("Rebecca Jones", nicknames=("Bex",), former_names=("Rebecca Smith",))
    someone("Kit Brown", "Quality")
    assert [one.id for one in find_people(words)[0]] == [key]


def test_a_renamed_team_is_found_by_its_old_name_and_a_closed_one_is_not_offered(in_app):
    team = team_called("Winsford Duty")
    rename_team(team.id, "Winsford Front Door", at=now(), by_id=None)
    assert whom_it_means("Winsford Duty").teams == (team.id,)
    with pytest.raises(NameTaken):
        rename_team(team.id, "Transition Team", at=now(), by_id=None)
    close_team(team.id, at=now(), by_id=None)
    assert "Winsford Front Door" not in team_names()


def test_a_table_brings_joiners_changes_leavers_and_managers(in_app):
    first = brought("lee@x.org,Lee Admin,Quality,,,,administrator,", f"sam@x.org,Sam Jones,{TEAM},lee@x.org,Sammy;Jonesy,,,")
    assert (first.joining, first.same) == (["Lee Admin", "Sam Jones"], 0)
    sam = person("sam@x.org")
    assert ([role.name for role in sam.roles], sam.nicknames, sam.team) == (["any_staff"], ["Sammy", "Jonesy"], TEAM)
    assert sam.manager_id == person("lee@x.org").id
    again = brought("lee@x.org,Lee Admin,,,,,,", "sam@x.org,Sam Brown,Quality,,,,,2026-01-31")
    assert (again.changing, again.leaving, again.same) == (["Sam Brown"], ["Sam Brown"], 1)
    assert (sam.active, sam.former_names, sam.nicknames) == (False, ["Sam Jones"], ["Sammy", "Jonesy"])
    assert person("lee@x.org").active


def test_looking_first_changes_nothing(in_app):
    told = brought("sam@x.org,Sam Jones,New Team,,,,,", keep=False)
    assert told.joining == ["Sam Jones"]
    assert db.session.query(Person).count() == 0
    assert team_by_name("New Team") is None


def test_the_same_table_twice_changes_nothing(in_app):
    row = f"sam@x.org,Sam Jones,{TEAM},,Sammy,Sam Smith,,"
    brought(row)
    told = brought(row)
    assert (told.joining, told.changing, told.leaving, told.same) == ([], [], [], 1)


def test_whoever_is_not_in_the_table_is_named_and_stays(in_app):
    brought("sam@x.org,Sam Jones,,,,,,")
    told = brought("kit@x.org,Kit Brown,,,,,,")
    assert told.not_in_file == ["Sam Jones"]
    assert person("sam@x.org").active


def test_a_table_never_changes_the_roles_of_who_is_here(in_app):
    brought("sam@x.org,Sam Jones,,,,,,")
    brought("sam@x.org,Sam Jones,,,,,administrator,")
    assert [role.name for role in person("sam@x.org").roles] == ["any_staff"]


def test_someone_may_be_in_the_directory_only(in_app):
    brought("sam@x.org,Sam Jones,,,,,none,")
    assert person("sam@x.org").roles == []


def test_a_last_day_to_come_ends_by_itself(in_app):
    brought("lee@x.org,Lee Admin,,,,,administrator,", "sam@x.org,Sam Jones,,,,,,2099-12-31")
    assert person("sam@x.org").active
    assert let_leavers_go(at=now()) == 0
    person("sam@x.org").left_on = now().date().replace(year=2020, month=1, day=1)
    db.session.commit()
    assert let_leavers_go(at=now()) == 1
    assert not person("sam@x.org").active
    assert entries_about(person("sam@x.org").about)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["nobody,Sam,,,,,,"], "Line 2, email: 'nobody' is not an email address."),
        (["sam@x.org,,,,,,,"], "Line 2, name: it is empty."),
        (["sam@x.org,Sam,,,,,king,"], "roles: 'king' is not one of"),
        (["sam@x.org,Sam,,,,,,tomorrow"], "'tomorrow' is not a day like 2026-05-31"),
        (["sam@x.org,Sam,,,,,,", "SAM@x.org,Sam,,,,,,"], "Line 3, email: it stands on line 2 too."),
        (["sam@x.org,Sam,,boss@x.org,,,,"], "nobody here has the address of the manager, boss@x.org"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_by_line_and_nothing_is_kept(in_app, lines, sentence):
    with pytest.raises(SheetRefused, match=sentence.replace("(", r"\(")):
        brought(*lines)
    assert db.session.query(Person).count() == 0


def test_the_last_administrator_stays_and_nobody_stands_above_themselves(in_app):
    brought("lee@x.org,Lee Admin,,,,,administrator,")
    with pytest.raises(LastAdministrator):
        brought("lee@x.org,Lee Admin,,,,,,2026-01-01")
    with pytest.raises(OwnManager):
        brought("lee@x.org,Lee Admin,,lee@x.org,,,,")
    assert person("lee@x.org").active


def test_the_page_looks_first_and_then_keeps_what_it_looked_at(app, staff):
    admin = staff(Role.ADMINISTRATOR, "Lee")
    looked = fill_in(admin, "/staff/people/import", file=(io.BytesIO(table("sam@x.org,Sam Jones,,,Sammy,,,")), "people.csv"))
    page = page_of(looked)
    assert "1 join, 0 change, 0 leave, 0 stay as they are." in page
    assert "Nothing is changed yet" in page
    held = page.split("hidden>")[1].split("</textarea>")[0]
    kept = fill_in(admin, "/staff/people/import", sheet=held, keep="y")
    assert kept.location == "/staff/people/"
    assert "Sammy" in page_of(admin.get("/staff/people/?q=sammy"))


def test_a_table_with_a_wrong_column_says_which_columns_there_are(app, staff):
    admin = staff(Role.ADMINISTRATOR, "Lee")
    told = fill_in(admin, "/staff/people/import", file=(io.BytesIO(b"email,shoe size\n"), "people.csv"))
    assert "The column 'shoe_size' is not known" in errors_on(page_of(told))


def test_the_command_says_what_would_be(app, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(table("sam@x.org,Sam Jones,,,,,,"))
    run = app.test_cli_runner()
    assert "It would be: 1 join" in run.invoke(args=["people", "import", str(path), "--dry-run"]).output
    assert run.invoke(args=["people", "import", str(path)]).output.startswith("1 join")
    path.write_bytes(b"email\n")
    assert run.invoke(args=["people", "import", str(path)]).exit_code == 1


def test_teams_are_added_renamed_and_closed_on_their_pages(app, staff):
    admin = staff(Role.ADMINISTRATOR, "Lee")
    fill_in(admin, "/staff/people/teams", name="Winsford Duty")
    with app.app_context():
        key = team_by_name("Winsford Duty").id
    fill_in(admin, f"/staff/people/teams/{key}", name="Winsford Front Door", change="name")
    assert "Was called Winsford Duty" in page_of(admin.get(f"/staff/people/teams/{key}"))
    taken = fill_in(admin, f"/staff/people/teams/{key}", name="Transition Team", change="name")
    assert "Another team has this name" in errors_on(page_of(taken))
    fill_in(admin, f"/staff/people/teams/{key}", name="Winsford Front Door", change="close")
    assert "Winsford Front Door</a> (closed)" in page_of(admin.get("/staff/people/teams"))
    assert admin.get("/staff/people/teams/99999").status_code == 404

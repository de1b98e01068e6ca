"""The roads of what the statutory procedure does not hear, and a council's own beside them."""

import pytest

from portal.procedure.eligibility import Standing, assess
from portal.procedure.grounds import Matter
from portal.procedure.roads import PLAINEST, RoadNotGood, Roads, read_roads, roads
from portal.procedure.routes import Route
from tests.house_rules.test_reading import check_child
from tests.procedure.test_eligibility import A_PARENT

HEARD = (
    *(Matter.SERVICE_FOR_A_CHILD, Matter.CARE_OR_SUPERVISION, Matter.LEAVING_CARE, Matter.ADOPTION_SUPPORT),
    Matter.SPECIAL_GUARDIANSHIP_SUPPORT,
)
OWN = """
[[road]]
id = "bus_passes"
title = "Bus passes to school"
covers = "Who gets one."
matters = ["another_body"]
ground = "not_a_childrens_service"
route = "corporate"
body = "The transport team"
adult = "The transport team answers this."
child = "The bus team will answer you."
source = "The council's own page"
standing = "local"
"""

WITH_WINDOW = 'standing = "local"\nwindow = {{ days = {days}, unit = "{unit}", starts_from = "notice" }}'


@pytest.mark.parametrize("matter", [matter for matter in Matter if matter not in HEARD])
def test_every_matter_that_is_not_heard_has_one_road_with_its_source(matter):
    road = roads.of_matter(matter)
    assert road is not None
    assert [one.id for one in roads.every().values() if matter in one.matters] == [road.id]
    assert road.source


@pytest.mark.parametrize("road", roads.every().values(), ids=lambda road: road.id)
def test_a_child_can_read_where_their_part_goes(road):
    check_child(f'<main id="main"><p>{road.child}</p></main>')


@pytest.mark.parametrize("road", roads.every().values(), ids=lambda road: road.id)
def test_a_road_goes_somewhere_and_says_so_in_whole_sentences(road):
    assert road.route not in (Route.STATUTORY, Route.EARLY_RESOLUTION, Route.NONE, Route.COURT_OR_TRIBUNAL)
    assert all(text.endswith(".") for text in (road.adult, road.child, road.covers, road.remains or "."))


def test_every_route_with_a_plainest_road_has_it():
    assert {route: roads.of_route(route).route for route in PLAINEST} == {route: route for route in PLAINEST}
    assert roads.of_route(Route.STATUTORY) is None


def test_a_report_for_a_court_is_never_held_until_the_case_ends():
    decision = assess_matter(Matter.REPORT_FOR_COURT)
    assert (decision.standing, decision.route, decision.road.id) == (
        Standing.NOT_ELIGIBLE,
        Route.ANOTHER_BODY,
        "court_papers",
    )
    assert "now and after the case has ended" in decision.road.adult
    assert "personal data" in decision.road.remains


def assess_matter(matter):
    from dataclasses import replace

    return assess(replace(A_PARENT, matter=matter))


def test_a_council_adds_its_own_roads_and_they_come_first(tmp_path):
    (tmp_path / "roads.toml").write_text(OWN)
    own = Roads()
    own.add(tmp_path / "roads.toml")
    assert own.of_matter(Matter.ANOTHER_BODY).title == "Bus passes to school"
    assert own.named("school") is not None
    own.add(None)
    assert own.of_matter(Matter.ANOTHER_BODY).id == "another_body"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('route = "corporate"', 'route = "the bus"', "route is 'the bus'. Choose from: statutory, corporate"),
        ('title = "Bus passes to school"', "", "it does not say title"),
        ('standing = "local"', 'standing = "local"\ncolour = "red"', "colour is not known"),
        (
            'standing = "local"',
            'standing = "local"\nwindow = { days = 0, unit = "months", starts_from = "notice" }',
            "1 to 999",
        ),
        ('standing = "local"', 'standing = "local"\nwindow = { days = 2, unit = "moons", starts_from = "notice" }', "moons"),
        ("[[road]]", "[[road", "own.toml: "),
    ],
)
def test_what_is_wrong_in_a_councils_file_is_said_with_where(before, after, words):
    with pytest.raises(RoadNotGood) as told:
        read_roads(OWN.replace(before, after), "own.toml")
    assert words in str(told.value)

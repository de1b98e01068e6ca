"""The menu of colleagues: which pages stand at the top of theirs, by what they may do."""

from typing import NamedTuple

from flask import request, url_for

from portal.people.access import may
from portal.people.roles import Permission


class Entry(NamedTuple):
    """A page of the menu, for whoever has one permission and has not another."""

    endpoint: str
    words: str
    needs: Permission | None = None
    unless: Permission | None = None


MENU = (
    Entry("desk.caseload", "Caseload", Permission.STAND_BY),
    Entry("desk.queue_page", "Queue", Permission.READ_CASES, unless=Permission.STAND_BY),
    Entry("desk.forecast", "Late", Permission.ANSWER),
    Entry("learning.review", "Learning", Permission.ANSWER),
    Entry("staff_log.log", "Log", Permission.LOG),
    Entry("compliments.all_compliments", "Thanks", Permission.READ_COMPLIMENTS),
    Entry("compliments.mine", "My thanks", Permission.LOG, unless=Permission.READ_COMPLIMENTS),
    Entry("cards.all_batches", "Cards", Permission.MAKE_CARDS),
    Entry("reports.annual", "Report", Permission.READ_REPORTS),
    Entry("independent_people.all_listed", "Independent people", Permission.TRIAGE),
    Entry("desk.second_looks", "Second looks", Permission.TRIAGE),
    Entry("desk.hand_over_everything", "Hand over", Permission.LET_IN),
    Entry("desk.unusual_access", "Who looked", Permission.SEE_WHO_LOOKED),
    Entry("people_pages.all_people", "People", Permission.CHANGE_PEOPLE),
    Entry("working_days.bank_holidays", "Bank holidays", Permission.CHANGE_CALENDAR),
    Entry("people_pages.my_sign_in", "My sign-in"),
)


class Place(NamedTuple):
    """An entry of the menu as a page shows it."""

    address: str
    words: str
    is_here: bool


def menu() -> list[Place]:
    """The menu for the person who is signed in, on the page that is asked for."""
    shown = [one for one in MENU if (one.needs is None or may(one.needs)) and not (one.unless and may(one.unless))]
    return [Place(address, one.words, request.path == address) for one in shown if (address := url_for(one.endpoint))]

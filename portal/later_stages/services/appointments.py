"""Appointing people to a stage, with every conflict checked and each appointment dated (guard G13; law case TC36)."""

from datetime import date, datetime, timedelta

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Appointment, Case, CaseAccess, Stage
from portal.cases.services.locked_case import locked_case
from portal.cases.services.part_walls import check_sees_all
from portal.cases.services.walls import check_not_shut_out
from portal.cases.stages import in_post, running_stage
from portal.clock import london_day
from portal.database import db
from portal.independent_people.models import IndependentPerson
from portal.independent_people.queries import listed_person
from portal.later_stages.deciders import check_decides_anew
from portal.later_stages.events import APPOINTED, APPOINTMENT_ENDED, DECIDER_CHOSEN
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.independence import PANEL_SIZE, STAGE_OF, Candidate, Seat, conflicts

READS_FOR, READS_ON_FOR = timedelta(days=180), timedelta(days=14)  # while appointed; after the stage ended
CAN = {
    Seat.INVESTIGATING_OFFICER: "can_investigate",
    Seat.INDEPENDENT_PERSON: "can_be_independent",
    Seat.PANEL_CHAIR: "can_chair",
    Seat.PANEL_MEMBER: "can_be_independent",
}


def appoint(
    case_id: int,
    seat: Seat,
    listed_key: int,
    *,
    in_line_of_management: bool,
    knew_of_complaint: bool,
    fee_pence: int = 0,
    on: date,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Appoint someone of the register. Raises MoveNotAllowed with each conflict and its rule."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, STAGE_OF[seat])
        entry = listed_person(listed_key)
        if entry is None or not getattr(entry, CAN[seat]):
            raise NotComplete("The register does not list this person for that role. Change the register first.")
        _check_place(stage, seat, on, at)
        asked = {"in_line_of_management": in_line_of_management, "knew_of_complaint": knew_of_complaint}
        found = conflicts(seat, _candidate(entry, asked), _seats_ever_held(case), on)
        if found:
            raise MoveNotAllowed("G13", f"{entry.name} cannot be appointed. {' '.join(found)}")
        if entry.person_id is not None:
            check_not_shut_out(case_id, entry.person_id)
            _let_read(case, entry.person_id, stage)
        stage.appointments.append(
            Appointment(
                seat=seat,
                independent_person_id=entry.id,
                appointed_on=on,
                fee_pence=fee_pence,
                declared=asked,
                by_id=by_id,
            )
        )
        facts = {"seat": seat, "name": entry.name, "on": on.isoformat()}
        record(APPOINTED, case.about, at=at, by_id=by_id, fee_pence=fee_pence, declared=asked, **facts)


def end_appointment(
    case_id: int, appointment_id: int, *, reasons: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """End an appointment before the stage ends; whoever held it can no longer read the case."""
    if not reasons.strip():
        raise NotComplete("Say why the appointment ends.")
    with locked_case(case_id, version) as case:
        one = next((one for stage in case.stages for one in stage.appointments if one.id == appointment_id), None)
        if one is None or one.ended_on is not None:
            raise NotComplete("There is no such appointment, or it has ended.")
        name = _end(case, one, london_day(at), reads_until=london_day(at) - timedelta(days=1))
        record(APPOINTMENT_ENDED, case.about, at=at, by_id=by_id, seat=one.seat, name=name, reasons=reasons)


def end_all_appointments(case: Case, stage: Stage, on: date) -> None:
    """The stage ends: nobody is appointed to it any more, and whoever was can read the case for two more weeks."""
    for one in in_post(stage):
        _end(case, one, on, reads_until=on + READS_ON_FOR)


def _end(case: Case, one: Appointment, on: date, *, reads_until: date) -> str:
    """End one appointment, and with it the reading of the case after a day; gives the name."""
    one.ended_on = on
    entry = listed_person(one.independent_person_id)
    if entry is None:
        return ""
    access = db.session.get(CaseAccess, (case.id, entry.person_id)) if entry.person_id else None
    if access is not None:
        access.until_on = min(access.until_on, reads_until)
    return entry.name


def _check_place(stage: Stage, seat: Seat, on: date, at: datetime) -> None:
    if on < stage.requested_on or on > london_day(at):
        raise NotComplete("The day of the appointment must be between the request and today.")
    panel = in_post(stage, Seat.PANEL_CHAIR, Seat.PANEL_MEMBER)
    alone = seat is not Seat.PANEL_MEMBER
    if alone and in_post(stage, seat):
        raise NotComplete("Someone holds that seat. End their appointment first.")
    if seat is Seat.PANEL_MEMBER and len(in_post(stage, Seat.PANEL_MEMBER)) == PANEL_SIZE - 1:
        raise NotComplete("A panel is three people: one chair and two members (SI 2006/1738 reg 19).")
    if seat in (Seat.PANEL_CHAIR, Seat.PANEL_MEMBER) and len(panel) == PANEL_SIZE:
        raise NotComplete("The panel is complete: three people (SI 2006/1738 reg 19).")


def _candidate(entry: IndependentPerson, asked: dict[str, bool]) -> Candidate:
    return Candidate(
        key=entry.id,
        works_for_council=entry.works_for_council,
        is_member=entry.is_member,
        household_works_for_council=entry.household_works_for_council,
        available_from=entry.available_from,
        available_until=entry.available_until,
        in_line_of_management=asked["in_line_of_management"],
        knew_of_complaint=asked["knew_of_complaint"],
    )


def _seats_ever_held(case: Case) -> list[tuple[Seat, int]]:
    """Every seat with who holds it now, and at stage 2 also who held it before: they knew of the complaint."""
    every = [one for stage in case.stages for one in stage.appointments]
    return [(one.seat, one.independent_person_id) for one in every if one.ended_on is None or STAGE_OF[one.seat] == 2]


def _let_read(case: Case, person_id: int, stage: Stage) -> None:
    access = db.session.get(CaseAccess, (case.id, person_id)) or CaseAccess(case_id=case.id, person_id=person_id)
    access.until_on, access.despite_wall = stage.due_on + READS_FOR, False
    db.session.add(access)


def choose_decider(
    case_id: int, number: int, person_id: int, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say which senior manager or director decides on the findings of stage 2 or 3."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, number)
        check_not_shut_out(case_id, person_id)
        check_decides_anew(case, number, person_id)
        check_sees_all(case_id, person_id)
        stage.senior_manager_id = person_id
        record(DECIDER_CHOSEN, case.about, at=at, by_id=by_id, number=number, person_id=person_id)

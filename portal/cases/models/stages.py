"""The stages of a case and what belongs to them: days, statements, findings, people appointed, the Ombudsman."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.database import Base, UtcDateTime, coded
from portal.procedure.clocks import Day
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.ombudsman import DutyKind, OmbudsmanContact, OmbudsmanDecision
from portal.procedure.routes import Route
from portal.procedure.stages import StageEnding
from portal.sealing.rows import Sealed, SealedRow, sealed_data, sealed_text


class Stage(SealedRow, Base):
    """One stage: of the statutory procedure for the whole case, or of another route for one part (`position`).

    The days on which something happened are kept; dates and lateness are counted from them. `due_on` is the operative date
    of what must be met next, kept so that a queue can sort by it.
    """

    __tablename__ = "case_stages"
    __table_args__ = (
        Index("uq_case_stages_case_id_route_position_number", "case_id", "route", "position", "number", unique=True),
        Index("ix_case_stages_asked", "route", "number", "requested_on", "responded_on", "due_on", "closed_on", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    route: Mapped[Route] = mapped_column(coded(Route))
    position: Mapped[int] = mapped_column(default=0)  # the part that it answers; 0 for all statutory parts together
    number: Mapped[int]
    requested_on: Mapped[date]
    due_on: Mapped[date]
    extended_on: Mapped[date | None]
    extension_ground: Mapped[str] = mapped_column(String(40), default="")
    extension_words: Sealed[str] = sealed_text("")
    acknowledged_on: Mapped[date | None]
    senior_manager_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    team_manager_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    draft: Sealed[str] = sealed_text("")
    draft_boxes: Sealed[dict[str, str] | None] = sealed_data(None)  # a child's answer, part by part
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_sent_back: Mapped[bool] = mapped_column(default=False)
    searched: Sealed[str | None] = sealed_text(None)  # where it was looked for what the answer says is not there
    responded_on: Mapped[date | None]
    outcome: Mapped[Finding | None] = mapped_column(coded(Finding))
    ending: Mapped[StageEnding | None] = mapped_column(coded(StageEnding))
    closed_on: Mapped[date | None]
    waits_until: Mapped[date | None]  # the person agreed to wait until then; it stays late all the same
    opens_on: Mapped[date | None]  # the next stage was asked for too early: the day on which it opens
    reviewed_on: Mapped[date | None]
    asked_late: Mapped[bool] = mapped_column(default=False)
    lateness_words: Sealed[str | None] = sealed_text(None)
    on_the_record: Mapped[bool] = mapped_column(default=False)  # went on without an agreed statement
    report_words: Sealed[str | None] = sealed_text(None)
    independent_words: Sealed[str | None] = sealed_text(None)
    adjudicated_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    case: Mapped[Case] = relationship(viewonly=True)
    happened: Mapped[list["StageDay"]] = relationship(cascade="all, delete-orphan")
    statements: Mapped[list["Statement"]] = relationship(order_by="Statement.number", cascade="all, delete-orphan")
    attempts: Mapped[list["Attempt"]] = relationship(order_by="Attempt.id", cascade="all, delete-orphan")
    elements: Mapped[list["Element"]] = relationship(order_by="Element.position", cascade="all, delete-orphan")
    interviews: Mapped[list["Interview"]] = relationship(order_by="Interview.id", cascade="all, delete-orphan")
    appointments: Mapped[list["Appointment"]] = relationship(order_by="Appointment.id", cascade="all, delete-orphan")

    def day(self, day: Day) -> date | None:
        """When something happened in it, if it did."""
        return next((one.on for one in self.happened if one.day is day), None)

    def note(self, day: Day, on: date) -> None:
        """Keep the day on which something happened."""
        for one in self.happened:
            if one.day is day:
                one.on = on
                return
        self.happened.append(StageDay(day=day, on=on))


class StageDay(Base):
    """The day on which something happened in a stage, from which a limit is counted or by which one is met."""

    __tablename__ = "case_stage_days"

    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"), primary_key=True)
    day: Mapped[Day] = mapped_column(coded(Day), primary_key=True)
    on: Mapped[date]


class Statement(SealedRow, Base):
    """One version of the statement of complaint: its elements and the outcomes that the person wants."""

    __tablename__ = "case_statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"), index=True)
    number: Mapped[int]
    elements: Sealed[list[str]] = sealed_data()
    desired: Sealed[str] = sealed_text()
    by_person: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_on: Mapped[date | None]  # when it left for the person
    agreed_on: Mapped[date | None]


class Attempt(SealedRow, Base):
    """One attempt to agree the statement with the person."""

    __tablename__ = "case_statement_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"), index=True)
    on: Mapped[date]
    how: Sealed[str] = sealed_text()
    offered_advocate: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Element(SealedRow, Base):
    """One element of the complaint as stage 2 or 3 looks into it: evidence, finding, comment, decision."""

    __tablename__ = "case_elements"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"), index=True)
    position: Mapped[int]
    words: Sealed[str] = sealed_text()
    part_position: Mapped[int | None]  # the part that it belongs to, where that is known
    evidence: Sealed[str] = sealed_text("")
    searched: Sealed[str | None] = sealed_text(None)  # where it was looked for what is not there
    finding: Mapped[Finding | None] = mapped_column(coded(Finding))
    reasons: Sealed[str] = sealed_text("")
    recommendation: Sealed[str] = sealed_text("")
    independent_agrees: Mapped[bool | None]
    independent_comment: Sealed[str] = sealed_text("")
    decision: Mapped[Finding | None] = mapped_column(coded(Finding))
    decision_words: Sealed[str] = sealed_text("")


class Appointment(SealedRow, Base):
    """Someone of the register who was appointed to a stage of one case, and from when until when."""

    __tablename__ = "case_appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"), index=True)
    seat: Mapped[Seat] = mapped_column(coded(Seat))
    independent_person_id: Mapped[int] = mapped_column(ForeignKey("independent_people.id"), index=True)
    appointed_on: Mapped[date]
    ended_on: Mapped[date | None]
    fee_pence: Mapped[int] = mapped_column(default=0)
    declared: Sealed[dict[str, Any]] = sealed_data()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Interview(SealedRow, Base):
    """One interview at stage 2: the independent person was there, or a senior person said why it went on without."""

    __tablename__ = "case_interviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stages.id"), index=True)
    on: Mapped[date]
    whom: Sealed[str] = sealed_text()
    independent_person_was_there: Mapped[bool]
    override_words: Sealed[str] = sealed_text("")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class OmbudsmanCase(SealedRow, Base):
    """A case as the Ombudsman has it."""

    __tablename__ = "case_ombudsman"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    their_reference: Mapped[str] = mapped_column(String(60))
    contact: Mapped[OmbudsmanContact] = mapped_column(coded(OmbudsmanContact))
    received_on: Mapped[date]
    conditions: Sealed[dict[str, Any]] = sealed_data()
    decision: Mapped[OmbudsmanDecision | None] = mapped_column(coded(OmbudsmanDecision))
    decided_on: Mapped[date | None]
    words: Sealed[str] = sealed_text("")


class OmbudsmanDuty(SealedRow, Base):
    """Something that the Ombudsman asked for by a day: an answer to an enquiry, or a remedy."""

    __tablename__ = "case_ombudsman_duties"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[DutyKind] = mapped_column(coded(DutyKind))
    words: Sealed[str] = sealed_text()
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    evidence: Sealed[str] = sealed_text("")

"""A case, its parts, its messages, and who may read it."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, UtcDateTime, coded
from portal.procedure.eligibility import Complainant, Proceedings, Standing
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground, Matter
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.sealing.ring import Purpose, ring
from portal.sealing.rows import Sealed, SealedRow, sealed_data, sealed_text

if TYPE_CHECKING:
    from portal.cases.models.countersignatures import Countersignature
    from portal.cases.models.follow_ups import FollowUp
    from portal.cases.models.letters import Message
    from portal.cases.models.parties import Party
    from portal.cases.models.promises import Promise
    from portal.cases.models.secret_words import SecretWords
    from portal.cases.models.stages import OmbudsmanDuty, Stage


class Kind(StrEnum):
    """What someone brought us. Compliments have a room of their own."""

    COMPLAINT = "complaint"
    COMMENT = "comment"
    ENQUIRY = "enquiry"
    ISSUE = "issue"


class Disposition(StrEnum):
    """What became of it, as the register counts it (Table 1)."""

    OPEN = "open"
    ACCEPTED = "accepted"
    INELIGIBLE = "ineligible"
    RESOLVED_NEXT_DAY = "resolved_next_day"
    RESOLVED_LOCALLY = "resolved_locally"
    WITHDRAWN = "withdrawn"
    OTHER_ROUTE = "other_route"


class NextAction(StrEnum):
    """What has to be done next on a case."""

    CHECK_SAFEGUARDING = "check_safeguarding"
    DECIDE_PARTS = "decide_parts"
    SIGN_PARTS = "sign_parts"
    TELL_DECISION = "tell_decision"
    ACKNOWLEDGE = "acknowledge"
    ALLOCATE = "allocate"
    APPOINT = "appoint"
    WRITE_ANSWER = "write_answer"
    CHECK_ANSWER = "check_answer"
    SEND_ANSWER = "send_answer"
    AGREE_STATEMENT = "agree_statement"
    APPOINT_INVESTIGATOR = "appoint_investigator"
    APPOINT_INDEPENDENT_PERSON = "appoint_independent_person"
    INVESTIGATE = "investigate"
    COMMENT = "comment"
    ADJUDICATE = "adjudicate"
    RESPOND = "respond"
    DECIDE_LATENESS = "decide_lateness"
    APPOINT_PANEL = "appoint_panel"
    HOLD_PANEL = "hold_panel"
    REPORT_PANEL = "report_panel"
    RESPOND_TO_PANEL = "respond_to_panel"
    OPEN_STAGE = "open_stage"
    ACKNOWLEDGE_STRAND = "acknowledge_strand"
    ANSWER_STRAND = "answer_strand"
    PASS_ON = "pass_on"  # noqa: S105 - an action
    REVIEW_HOLD = "review_hold"
    TAKE_UP_AGAIN = "take_up_again"
    ANSWER_OMBUDSMAN = "answer_ombudsman"
    DO_REMEDY = "do_remedy"
    READ_REPLY = "read_reply"
    DELIVER_LETTER = "deliver_letter"
    KEEP_PROMISE = "keep_promise"
    MEND_ADDRESS = "mend_address"
    KEEP_SAFE = "keep_safe"
    LOOK_AGAIN = "look_again"
    ANSWER_WISH = "answer_wish"
    FIND_ADVOCATE = "find_advocate"
    COUNTERSIGN = "countersign"
    NOTHING = "nothing"


class RaisedThrough(StrEnum):
    """Who told us of an issue that was sorted without a complaint."""

    ADVOCATE = "advocate"
    INDEPENDENT_VISITOR = "independent_visitor"
    COMMISSIONED_SERVICE = "commissioned_service"
    STAFF = "staff"


class LetterForm(StrEnum):
    """How someone asked to get their letters on paper."""

    PLAIN = "plain"
    LARGE_PRINT = "large_print"
    EASY_WORDS = "easy_words"


class Case(SealedRow, Base):
    """One person's complaint, comment, enquiry or issue, from receipt to its end."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_queue", "is_open", "reads_first", "next_due_on", "id"),
        Index("ix_cases_queue_by_status", "status", "reads_first", "next_due_on", "id"),
        Index("ix_cases_queue_by_handler", "is_open", "handler_id", "reads_first", "next_due_on", "id"),
        Index("ix_cases_due", "is_open", "next_due_on", "id"),
        Index("ix_cases_received_on", "received_on", "version", "id"),
        Index("ix_cases_complainant", "complainant", "received_on", "id"),
        Index("ix_cases_method", "method", "received_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    old_reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    once_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    kind: Mapped[Kind] = mapped_column(coded(Kind))
    method: Mapped[Method] = mapped_column(coded(Method))
    point_of_receipt: Mapped[PointOfReceipt] = mapped_column(coded(PointOfReceipt))
    complainant: Mapped[Complainant] = mapped_column(coded(Complainant))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_on: Mapped[date]
    told: Sealed[list[list[str]]] = sealed_data()
    person: Sealed[dict[str, Any]] = sealed_data()
    status: Mapped[Status] = mapped_column(coded(Status))
    is_open: Mapped[bool]
    disposition: Mapped[Disposition] = mapped_column(coded(Disposition))
    disposition_reason: Mapped[str] = mapped_column(String(60), default="")
    closing_words: Sealed[str] = sealed_text("")
    closed_on: Mapped[date | None]
    reads_first: Mapped[int] = mapped_column(SmallInteger, default=1)  # 0 is read first, so that the queue sorts one way
    reads_first_why: Sealed[str] = sealed_text("")
    index_version: Mapped[int] = mapped_column(default=lambda: ring.newest(Purpose.SEARCH).version)  # of its search marks
    safeguarding_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at_risk: Mapped[bool | None]
    handed_over_to: Sealed[str] = sealed_text("")
    has_sufficient_interest: Mapped[bool | None]
    child_agrees: Mapped[bool | None]
    standing_reasons: Sealed[str] = sealed_text("")
    interest: Sealed[dict[str, Any] | None] = sealed_data(None)  # what was weighed, the child's views before all else
    first_told_on: Mapped[date | None]  # when they first told of it, where it was no complaint yet
    told_decision_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unread_reply_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assignee_id: Mapped[int | None] = mapped_column("handler_id", ForeignKey("people.id"))
    next_action: Mapped[NextAction] = mapped_column("next_deed", coded(NextAction))
    next_due_on: Mapped[date]
    letter_form: Mapped[LetterForm] = mapped_column(coded(LetterForm), default=LetterForm.PLAIN)
    raised_through: Mapped[RaisedThrough | None] = mapped_column(coded(RaisedThrough))
    version: Mapped[int] = mapped_column(default=1)

    parts: Mapped[list["Part"]] = relationship(back_populates="case", order_by="Part.position", cascade="all, delete-orphan")
    stages: Mapped[list["Stage"]] = relationship(
        primaryjoin="and_(Case.id == Stage.case_id, Stage.route == 'statutory')",
        order_by="Stage.number",
        cascade="all, delete-orphan",
        overlaps="strands",
    )
    strands: Mapped[list["Stage"]] = relationship(
        primaryjoin="and_(Case.id == Stage.case_id, Stage.route != 'statutory')",
        order_by="Stage.position, Stage.number",
        cascade="all, delete-orphan",
        overlaps="stages",
    )
    duties: Mapped[list["OmbudsmanDuty"]] = relationship(order_by="OmbudsmanDuty.due_on, OmbudsmanDuty.id")
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id", cascade="all, delete-orphan")
    promises: Mapped[list["Promise"]] = relationship(order_by="Promise.id", cascade="all, delete-orphan")
    follow_ups: Mapped[list["FollowUp"]] = relationship(order_by="FollowUp.id", cascade="all, delete-orphan")
    countersignatures: Mapped[list["Countersignature"]] = relationship(
        order_by="Countersignature.id", cascade="all, delete-orphan"
    )
    parties: Mapped[list["Party"]] = relationship(order_by="Party.id", cascade="all, delete-orphan")
    secret_words: Mapped["SecretWords | None"] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def about(self) -> str:
        """The name of the case in the audit."""
        return f"case/{self.id}"

    @property
    def is_read_first(self) -> bool:
        """Whether something in it asks to be read before the rest."""
        return self.reads_first == 0

    def stage(self, number: int) -> "Stage | None":
        """One stage of the statutory procedure, if it began."""
        return next((stage for stage in self.stages if stage.number == number), None)

    @property
    def running_stage(self) -> "Stage | None":
        """The newest statutory stage that runs."""
        return next((stage for stage in reversed(self.stages) if stage.closed_on is None), None)

    @property
    def unsigned(self) -> list["Countersignature"]:
        """What waits for a second person."""
        return [one for one in self.countersignatures if one.ended_at is None]

    @property
    def open_strands(self) -> list["Stage"]:
        """The parts that are on their way outside the statutory procedure."""
        return [strand for strand in self.strands if strand.closed_on is None]


class Part(SealedRow, Base):
    """One part of a complaint: what it is about, what was decided of it, where it goes, what was found."""

    __tablename__ = "case_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    position: Mapped[int]
    words: Sealed[str] = sealed_text("")
    matter: Mapped[Matter | None] = mapped_column(coded(Matter))
    service_area: Mapped[str] = mapped_column(String(120), default="")
    subject: Mapped[str] = mapped_column(String(120), default="")
    sub_subject: Mapped[str] = mapped_column(String(120), default="")
    happened_on: Mapped[date | None]
    still_going_on: Mapped[bool] = mapped_column(default=False)
    already_considered: Mapped[bool] = mapped_column(default=False)
    reasonable_not_to_complain_sooner: Mapped[bool | None]
    still_fair_to_consider: Mapped[bool | None]
    sooner_words: Sealed[str | None] = sealed_text(None)  # why they could, or could not, have complained sooner
    fair_words: Sealed[str | None] = sealed_text(None)  # why it can, or cannot, still be looked at fairly
    happened_words: Mapped[str] = mapped_column(String(40), default="")  # as it was told: a month, a season
    proceedings: Mapped[Proceedings] = mapped_column(coded(Proceedings), default=Proceedings.NONE)
    would_prejudice: Mapped[bool | None]
    review_on: Mapped[date | None]
    decision: Mapped[Standing | None] = mapped_column(coded(Standing))
    ground: Mapped[Ground | None] = mapped_column(coded(Ground))
    route: Mapped[Route | None] = mapped_column(coded(Route))
    road: Mapped[str | None] = mapped_column(String(40))  # whose road, of those that a route has
    reasons: Sealed[str] = sealed_text("")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    needs_signature: Mapped[bool] = mapped_column(default=False)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    finding: Mapped[Finding | None] = mapped_column(coded(Finding))

    case: Mapped[Case] = relationship(back_populates="parts")

    @property
    def called(self) -> str:
        """How a letter to an adult names it: in their words, else by its place."""
        return self.words or (f"part {self.position}" if len(self.case.parts) > 1 else "your complaint")


class SearchWord(Base):
    """The keyed mark of one word of a case, or of how it begins. Each group of cases has marks of its own."""

    __tablename__ = "case_search_words"

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)

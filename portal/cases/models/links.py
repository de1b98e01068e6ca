"""How cases belong together."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, coded


class LinkKind(StrEnum):
    """How one case stands to another."""

    RELATED = "related"
    SPLIT_FROM = "split_from"
    ANSWERED_WITH = "answered_with"
    COMPLAINT_FROM = "complaint_from"  # an issue that was sorted, and was not after all


CAME_OF = (LinkKind.SPLIT_FROM, LinkKind.COMPLAINT_FROM)  # the same person's; once it is somebody else's it is related


class CaseLink(Base):
    """One case that belongs with another. A merged one is answered with it, each sender by a letter of their own."""

    __tablename__ = "case_links"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    kind: Mapped[LinkKind] = mapped_column(coded(LinkKind))

"""A case and everything that belongs to it. What people wrote, their names and contacts are sealed."""

from portal.cases.models.access import CaseAccess, CaseWall, PartWall, WallReason
from portal.cases.models.case import (
    Case,
    Disposition,
    Kind,
    LetterForm,
    NextAction,
    Part,
    RaisedThrough,
    SearchWord,
)
from portal.cases.models.countersignatures import Countersignature
from portal.cases.models.follow_ups import HOW_IT_IS, NEEDS_SOMEONE, FollowUp, FollowUpKind
from portal.cases.models.letters import LetterHow, LetterWay, Message
from portal.cases.models.links import CAME_OF, CaseLink, LinkKind
from portal.cases.models.parties import Authority, MayBeTold, Party, PartyRole
from portal.cases.models.promises import Promise, Promised, PromiseEnding
from portal.cases.models.secret_words import SecretWords, StockedWords
from portal.cases.models.stages import (
    Appointment,
    Attempt,
    Element,
    Interview,
    OmbudsmanCase,
    OmbudsmanDuty,
    Stage,
    StageDay,
    Statement,
)

__all__ = [
    "CAME_OF",
    "HOW_IT_IS",
    "NEEDS_SOMEONE",
    "Appointment",
    "Attempt",
    "Authority",
    "Case",
    "CaseAccess",
    "CaseLink",
    "CaseWall",
    "Countersignature",
    "Disposition",
    "Element",
    "FollowUp",
    "FollowUpKind",
    "Interview",
    "Kind",
    "LetterForm",
    "LetterHow",
    "LetterWay",
    "LinkKind",
    "MayBeTold",
    "Message",
    "NextAction",
    "OmbudsmanCase",
    "OmbudsmanDuty",
    "Part",
    "PartWall",
    "Party",
    "PartyRole",
    "Promise",
    "PromiseEnding",
    "Promised",
    "RaisedThrough",
    "SearchWord",
    "SecretWords",
    "Stage",
    "StageDay",
    "Statement",
    "StockedWords",
    "WallReason",
]

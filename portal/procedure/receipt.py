"""How a representation reached the council, and who received it: what Tables 7 and 9 of the annual report count."""

from enum import StrEnum


class Method(StrEnum):
    """How it reached us (Table 9)."""

    ONLINE_FORM = "online_form"
    QR_CARD = "qr_card"
    EMAIL = "email"
    TELEPHONE = "telephone"
    LETTER = "letter"
    IN_PERSON = "in_person"
    OTHER = "other"


class PointOfReceipt(StrEnum):
    """Who received it first (Table 7)."""

    SERVICE_AREA = "service_area"
    CUSTOMER_RELATIONS_TEAM = "customer_relations_team"
    DIRECTOR_OR_HEAD_OF_SERVICE = "director_or_head_of_service"
    CHIEF_EXECUTIVE = "chief_executive"
    OTHER = "other"

"""What a part of a complaint is about, and on what ground it is heard or not, in the words that the register uses."""

from enum import StrEnum


class Matter(StrEnum):
    """What one part of a complaint is about."""

    SERVICE_FOR_A_CHILD = "service_for_a_child"
    CARE_OR_SUPERVISION = "care_or_supervision"
    LEAVING_CARE = "leaving_care"
    ADOPTION_SUPPORT = "adoption_support"
    SPECIAL_GUARDIANSHIP_SUPPORT = "special_guardianship_support"
    CHILD_PROTECTION_ENQUIRY = "child_protection_enquiry"
    CHILD_AT_RISK_NOW = "child_at_risk_now"
    CONFERENCE_DECISION = "conference_decision"
    REPORT_FOR_COURT = "report_for_court"
    CARER_APPROVAL = "carer_approval"
    PERSONAL_DATA = "personal_data"
    OTHER_COUNCIL_SERVICE = "other_council_service"
    ANOTHER_BODY = "another_body"
    ADULT_SOCIAL_CARE = "adult_social_care"
    FOSTERING_APPROVAL = "fostering_approval"
    ADOPTION_APPROVAL = "adoption_approval"
    SCHOOL = "school"
    SPECIAL_NEEDS = "special_needs"
    STAFF_DISCIPLINE = "staff_discipline"
    ANOTHER_COUNCIL = "another_council"
    HEALTH = "health"


class Ground(StrEnum):
    """Why, in the words that the register uses."""

    STATUTORY_MATTER = "statutory_matter"
    NOT_A_PERSON_WHO_CAN_COMPLAIN = "not_a_person_who_can_complain"
    NOT_THIS_COUNCIL = "not_this_council"
    ALREADY_CONSIDERED = "already_considered"
    DATA_PROTECTION = "data_protection"
    CHILD_PROTECTION_CONFERENCE_APPEAL = "child_protection_conference_appeal"
    CHILD_PROTECTION = "child_protection"
    NOT_A_CHILDRENS_SERVICE = "not_a_childrens_service"
    OUT_OF_TIME = "out_of_time"
    LATE_BUT_CONSIDERED = "late_but_considered"
    COURT_PROCEEDINGS = "court_proceedings"
    TRIBUNAL_PROCEEDINGS = "tribunal_proceedings"
    DISCIPLINARY_PROCEEDINGS = "disciplinary_proceedings"
    CRIMINAL_PROCEEDINGS = "criminal_proceedings"

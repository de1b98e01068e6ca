"""What the council calls its teams and subjects: its annual report counts by them (Tables 4 and 5)."""

SERVICE_AREAS = (
    ("Children in Need", "Winsford"),
    ("Children in Need", "Chester"),
    ("Children in Need", "Ellesmere Port"),
    ("CP Court Team", "Winsford"),
    ("CP Court Team", "Chester"),
    ("CP Court Team", "Ellesmere Port"),
    ("Children in Care (Permanence Teams)", "Winsford"),
    ("Children in Care (Permanence Teams)", "Ellesmere Port"),
    ("", "Leaving Care (Supporting Independence)"),
    ("", "Children with Disabilities"),
    ("Provider Services", "Fostering"),
    ("Provider Services", "Adoption"),
    ("", "Safeguarding"),
    ("", "Integrated Access and Referral Team and Integrated Early Support"),
    ("", "Transition Team"),
    ("", "Emergency Duty Team"),
)
SUBJECTS: dict[str, tuple[str, ...]] = {
    "Standard of Service Delivery": (
        "Inaccuracies in assessments",
        "Lack of support",
        "Failure to investigate concerns",
        "Issues with contact arrangements",
        "Other",
    ),
    "Social Worker": (
        "Allegations of Misconduct",
        "Issues with Attitude / Behaviour",
        "Lack of Support",
        "Preference for one parent over another",
        "Social Worker and Team Manager",
    ),
    "Communication": ("Lack of response", "Late / missing reports", "Cancellation of appointments"),
}
PLAIN_SUBJECTS = (
    "Child Protection Issues",
    "Financial Issues",
    "Accommodation/Placement Issues",
    "Adoption",
    "Fostering Issues",
    "Eligibility for Service / Unhappy with Social Care involvement",
    "Data Protection Issues",
)


def service_area_names() -> list[str]:
    """Every service area as the register writes it: `Service / Team` or `Team`."""
    return [" / ".join(part for part in pair if part) for pair in SERVICE_AREAS]


def subject_names() -> list[str]:
    """Every subject."""
    return [*SUBJECTS, *PLAIN_SUBJECTS]


def sub_subject_names() -> list[str]:
    """Every sub-subject, once."""
    return list(dict.fromkeys(name for names in SUBJECTS.values() for name in names))

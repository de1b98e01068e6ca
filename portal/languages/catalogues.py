"""The catalogues: which languages there are, who checked them, and how a phrase and a day are said in them.

There are two sets: one speaks to children, the other politely to adults, in fewer languages. A phrase that no catalogue
has is said in English: a child would rather read half than nothing.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "catalogues"
ADULTS = FOLDER / "adults"
ENGLISH = "en"
CHECKED, NOT_CHECKED = "Checked by a speaker: yes", "Checked by a speaker: no"
READ_FROM_THE_RIGHT = ("ar", "ur", "ckb", "fa")
OWN_NAMES = {
    "en": "English",
    "cy": "Cymraeg",
    "pl": "Polski",
    "uk": "Українська",
    "ro": "Română",
    "ar": "العربية",
    "ur": "اردو",
    "ckb": "کوردیی ناوەندی",
    "fa": "فارسی",
}


@dataclass(frozen=True)
class Language:
    """One language, by its code, its own name, the side it is read from, and whether a speaker checked its catalogue."""

    code: str
    own_name: str
    is_checked: bool

    @property
    def english_name(self) -> str:
        """Its name as staff read it."""
        return Locale.parse(self.code).english_name or self.own_name

    @property
    def direction(self) -> str:
        """The value of HTML's `dir`."""
        return "rtl" if self.code in READ_FROM_THE_RIGHT else "ltr"


class Phrases(NullTranslations):
    """The phrases of one catalogue, by their English."""

    def __init__(self, said: dict[str, str]) -> None:
        super().__init__()
        self.said = said

    def gettext(self, message: str) -> str:
        """One phrase; in English when the catalogue does not have it."""
        return self.said.get(message) or message


@cache
def languages() -> dict[str, Language]:
    """Every language, in the order in which they are offered."""
    return {code: Language(code, name, is_checked(code)) for code, name in OWN_NAMES.items()}


def offered(*, only_checked: bool) -> list[Language]:
    """The languages that a visitor can choose: all, or only those that a speaker checked."""
    return [language for language in languages().values() if language.is_checked or not only_checked]


def offered_to_adults(*, only_checked: bool) -> list[Language]:
    """The languages in which an adult can read their pages: English, and each that has a catalogue for adults."""
    return [one for one in languages().values() if one.code == ENGLISH or _is_for_adults(one.code, only_checked)]


@cache
def phrases(code: str, *, for_adults: bool = False) -> Phrases:
    """The phrases of a language, from both sets: what both have is said as to a child, or as to an adult."""
    said: dict[str, str] = {}
    if code != ENGLISH:
        for folder in (FOLDER, ADULTS) if for_adults else (ADULTS, FOLDER):
            said |= {
                str(one.id): str(one.string) for one in catalogue(code, folder) if one.id and one.string and not one.fuzzy
            }
    return Phrases(said)


def phrases_of(code: str) -> list[str]:
    """Every phrase of a child's pages that stands alone, without a gap to fill, in their order."""
    kept = [one for one in catalogue("cy" if code == ENGLISH else code) if one.id]
    said = (str(one.id if code == ENGLISH else one.string) for one in kept)
    return [words for words in said if words and "%(" not in words]


def catalogue(code: str, folder: Path = FOLDER) -> Catalog:
    """A language's whole catalogue of one set, as it is kept; an empty one where the set does not have the language."""
    if not (folder / f"{code}.po").exists():
        return Catalog(locale=code)
    with (folder / f"{code}.po").open("rb") as kept:
        return read_po(kept, locale=code)


def is_checked(code: str, folder: Path = FOLDER) -> bool:
    """Whether a speaker of the language checked its catalogue of one set."""
    return code == ENGLISH or CHECKED in catalogue(code, folder).header_comment


def day_in(code: str, value: date) -> str:
    """A day as a promise says it, without its year: Tuesday 4 June; dydd Mawrth 4 Mehefin; الثلاثاء، 4 يونيو."""
    if code == ENGLISH:
        return f"{value:%A} {value.day} {value:%B}"
    return _within_a_sentence(format_date(value, "EEEE d MMMM", locale=Locale.parse(code)))


def full_day_in(code: str, value: date) -> str:
    """A day with its year: Tuesday 4 June 2024; dydd Mawrth 4 Mehefin 2024."""
    if code == ENGLISH:
        return f"{day_in(code, value)} {value.year}"
    return _within_a_sentence(format_date(value, "EEEE d MMMM y", locale=Locale.parse(code)))


def _within_a_sentence(day: str) -> str:
    return day[:1].lower() + day[1:]


def _is_for_adults(code: str, only_checked: bool) -> bool:
    return is_checked(code, ADULTS) if only_checked else (ADULTS / f"{code}.po").exists()

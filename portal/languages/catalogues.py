"""The catalogues: which languages there are, who checked them, and how a phrase and a day are said in them.

A phrase that a catalogue does not have is said in English: a child would rather read half than nothing.
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
    return {code: Language(code, name, _is_checked(code)) for code, name in OWN_NAMES.items()}


def offered(*, only_checked: bool) -> list[Language]:
    """The languages that a visitor can choose: all, or only those that a speaker checked."""
    return [language for language in languages().values() if language.is_checked or not only_checked]


@cache
def phrases(code: str) -> Phrases:
    """The phrases of a language; English needs none."""
    if code == ENGLISH:
        return Phrases({})
    return Phrases({str(one.id): str(one.string) for one in catalogue(code) if one.id and one.string and not one.fuzzy})


def phrases_of(code: str) -> list[str]:
    """Every phrase of a language that stands alone, without a gap to fill, in the order of the pages."""
    kept = [one for one in catalogue("cy" if code == ENGLISH else code) if one.id]
    said = (str(one.id if code == ENGLISH else one.string) for one in kept)
    return [words for words in said if words and "%(" not in words]


def catalogue(code: str) -> Catalog:
    """A language's whole catalogue, as it is kept."""
    with (FOLDER / f"{code}.po").open("rb") as kept:
        return read_po(kept, locale=code)


def day_in(code: str, value: date) -> str:
    """A day as a promise says it, without its year: Tuesday 4 June; dydd Mawrth 4 Mehefin; الثلاثاء، 4 يونيو."""
    if code == ENGLISH:
        return f"{value:%A} {value.day} {value:%B}"
    return str(format_date(value, "EEEE d MMMM", locale=Locale.parse(code)))


def _is_checked(code: str) -> bool:
    return code == ENGLISH or CHECKED in catalogue(code).header_comment

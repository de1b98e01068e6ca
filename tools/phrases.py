"""`make phrases`: find every phrase of the public pages and bring the catalogues up to date with them.

There are two sets: the pages of children, in every language, and those of adults, in Welsh. A phrase that is new stands
in a catalogue without a translation; one that is gone is taken out. The checks of tests/languages say which catalogues
are not complete.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from portal.languages.catalogues import ADULTS, CHECKED, ENGLISH, FOLDER, NOT_CHECKED, OWN_NAMES, catalogue, is_checked

ROOT = Path(__file__).parents[1]
HEAD = """# {name}: phrases of the public pages.
# {checked}
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
KEYWORDS = {"_": None, "phrase": None}
READERS = {".py": "python", ".html": "jinja2.ext.babel_extract"}
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}


@dataclass(frozen=True)
class Pages:
    """The pages of one set: where their catalogues are, in which languages, and which files their phrases stand in."""

    folder: Path
    codes: tuple[str, ...]
    files: tuple[str, ...]

    def phrases(self) -> list[str]:
        """Every phrase, in the order of the pages."""
        methods = [(name, READERS[Path(name).suffix]) for name in self.files]
        found = extract_from_dir(ROOT, methods, OPTIONS, KEYWORDS)
        return list(dict.fromkeys(str(words) for _, _, words, _, _ in sorted(found, key=lambda one: (one[0], one[1]))))


CHILDREN_PAGES = Pages(
    FOLDER,
    tuple(code for code in OWN_NAMES if code != ENGLISH),
    (
        "portal/doors/own_page/forms.py",
        "portal/doors/child/forms/screens.py",
        "portal/doors/child/forms/more.py",
        "portal/doors/child/forms/told.py",
        "portal/doors/own_page/path.py",
        "templates/child_base.html",
        "templates/components/call_now.html",
        "templates/components/child_errors.html",
        "templates/components/kept_until.html",
        "templates/components/languages.html",
        "templates/components/proof.html",
        "templates/components/proof_made.html",
        "templates/components/ticks.html",
        "templates/components/waits.html",
        "templates/errors/not_now.html",
        "templates/doors/child/*.html",
        "templates/doors/film/*.html",
        "templates/doors/own_page/*.html",
        "templates/doors/front/card.html",
        "templates/doors/front/help.html",
    ),
)
ADULT_PAGES = Pages(
    ADULTS,
    ("cy",),
    (
        "portal/files/kinds.py",
        "portal/doors/adult/forms.py",
        "portal/doors/helper/forms.py",
        "portal/doors/helper/sorted_already.py",
        "portal/intake/journey.py",
        "portal/doors/thanks/forms.py",
        "portal/doors/journeys/routes.py",
        "portal/web/errors.py",
        "portal/web/forms.py",
        "portal/web/public_form.py",
        "templates/base.html",
        "templates/components/adult_languages.html",
        "templates/components/errors.html",
        "templates/components/fields.html",
        "templates/errors/*.html",
        "templates/doors/front/doors.html",
        "templates/doors/front/recorded.html",
        "templates/doors/front/sorted_already.html",
        "templates/doors/front/visit.html",
        "templates/doors/journeys/*.html",
        "templates/doors/thanks/*.html",
        "templates/learning/you_said.html",
        "templates/public_base.html",
    ),
)
BOTH = (CHILDREN_PAGES, ADULT_PAGES)


def found_phrases() -> list[str]:
    """Every phrase of a child's pages."""
    return CHILDREN_PAGES.phrases()


def brought_up_to_date(kept: Catalog, phrases: list[str]) -> Catalog:
    """A catalogue with every phrase of the pages, in their order, and nothing else."""
    anew = Catalog(locale=kept.locale)
    for words in phrases:
        known = kept.get(words)
        anew.add(words, str(known.string) if known else "")
    return anew


def write(code: str, folder: Path, anew: Catalog, *, checked: bool) -> None:
    """Write a catalogue: a head that names no one, then the phrases."""
    body = BytesIO()
    write_po(body, anew, width=0, omit_header=True)
    head = HEAD.format(name=OWN_NAMES[code], checked=CHECKED if checked else NOT_CHECKED, code=code)
    (folder / f"{code}.po").write_text(head + body.getvalue().decode())


def bring_up_to_date(pages: Pages) -> None:
    """Write every catalogue of one set, and say what each one lacks."""
    phrases = pages.phrases()
    pages.folder.mkdir(exist_ok=True)
    for code in pages.codes:
        checked = is_checked(code, pages.folder)
        anew = brought_up_to_date(catalogue(code, pages.folder), phrases)
        write(code, pages.folder, anew, checked=checked)
        missing = sum(1 for one in anew if one.id and not one.string)
        print(f"{pages.folder.name}/{code}: {len(phrases)} phrases, {missing} without a translation")


def main() -> None:
    """Write both sets."""
    for pages in BOTH:
        bring_up_to_date(pages)


if __name__ == "__main__":
    main()

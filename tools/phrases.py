"""`make phrases`: find every phrase of the public pages and bring the catalogues up to date with them.

A phrase that is new stands in a catalogue without a translation; one that is gone is taken out. The checks of
tests/languages say which catalogues are not complete.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from portal.languages.catalogues import CHECKED, ENGLISH, FOLDER, NOT_CHECKED, OWN_NAMES, catalogue, languages

ROOT = Path(__file__).parents[1]
METHODS = [("portal/intake/forms/**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
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
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}


def found_phrases() -> list[str]:
    """Every phrase, in the order of the pages."""
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS)
    return list(dict.fromkeys(str(words) for _, _, words, _, _ in sorted(found, key=lambda one: (one[0], one[1]))))


def brought_up_to_date(code: str, phrases: list[str]) -> Catalog:
    """A catalogue with every phrase of the pages, in their order, and nothing else."""
    kept = catalogue(code) if (FOLDER / f"{code}.po").exists() else Catalog(locale=code)
    anew = Catalog(locale=code)
    for words in phrases:
        known = kept.get(words)
        anew.add(words, str(known.string) if known else "")
    return anew


def write(code: str, anew: Catalog, is_checked: bool) -> None:
    """Write a catalogue: a head that names no one, then the phrases."""
    body = BytesIO()
    write_po(body, anew, width=0, omit_header=True)
    checked = CHECKED if is_checked else NOT_CHECKED
    (FOLDER / f"{code}.po").write_text(
        HEAD.format(name=OWN_NAMES[code], checked=checked, code=code) + body.getvalue().decode()
    )


def main() -> None:
    """Write every catalogue, and say what each one lacks."""
    phrases = found_phrases()
    FOLDER.mkdir(exist_ok=True)
    for code in OWN_NAMES:
        if code == ENGLISH:
            continue
        anew = brought_up_to_date(code, phrases)
        write(code, anew, (FOLDER / f"{code}.po").exists() and languages()[code].is_checked)
        missing = sum(1 for one in anew if one.id and not one.string)
        print(f"{code}: {len(phrases)} phrases, {missing} without a translation")


if __name__ == "__main__":
    main()

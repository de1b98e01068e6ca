"""What went wrong, told for the log: every frame by file, line and function, and never a value that somebody typed."""

import traceback
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIBRARIES = "site-packages/"


def told(trouble: BaseException) -> str:
    """A failure and what it came from, in one line: its kind, then its frames, the innermost first.

    A message may hold words of a child; it is left out.
    """
    return ", because of ".join(f"{type(one).__name__} at {' < '.join(_frames(one)) or '?'}" for one in _chain(trouble))


def _chain(trouble: BaseException) -> Iterator[BaseException]:
    seen, one = set[int](), trouble
    while one is not None and id(one) not in seen:
        yield one
        seen.add(id(one))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)  # type: ignore[assignment]


def _frames(trouble: BaseException) -> list[str]:
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(trouble.__traceback__)]
    return [f"{_short(code.co_filename)}:{line} {code.co_name}" for code, line in reversed(frames)]


def _short(path: str) -> str:
    """A path from the project's folder, or from where libraries are installed."""
    library = path.rpartition(LIBRARIES)[2] if LIBRARIES in path else ""
    return library or (str(Path(path).relative_to(ROOT)) if path.startswith(str(ROOT)) else path)

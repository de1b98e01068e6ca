"""Sending a file into the cage, and what comes out of it."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal.cage.refusal import NotTaken, Reason

ROOT = Path(__file__).parents[2]
INSIDE = "import sys; sys.path.insert(0, sys.argv[1]); from portal.cage.inside import main; main(sys.argv[2], sys.argv[3])"
STARTS_WITH = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what some systems cannot start Python without
KNOWN = {name: os.environ[name] for name in STARTS_WITH if name in os.environ}
AT_ONCE, SECONDS_IN_LINE = 2, 2  # decoding takes a whole core: the other pages must go on


class Work(StrEnum):
    """What is done with a file: the name of the module that does it."""

    PICTURE = "pictures"
    SHEETS = "sheets"
    RECORDING = "recordings"
    ARCHIVE = "archives"
    PDF = "pdfs"
    PDF_PAGES = "pdf_pages"
    WORD = "word_files"
    OUTLOOK_MESSAGE = "outlook_messages"
    OUTLOOK_ATTACHMENTS = "outlook_attachments"
    SIGNED_MAIL = "signed_mail"
    TABLE = "tables"
    SPREADSHEET = "spreadsheets"


class Line(StrEnum):
    """Where a file waits for its turn; none holds up another."""

    AWAITED = "awaited"  # a person looks at a page that does not answer yet
    BEHIND = "behind"
    LONG = "long"


_turns = {
    Line.AWAITED: threading.BoundedSemaphore(AT_ONCE),
    Line.BEHIND: threading.BoundedSemaphore(1),
    Line.LONG: threading.BoundedSemaphore(1),
}


@dataclass(frozen=True)
class Budget:
    """The most that one file may take, bytes of memory and seconds of the processor, and where it waits for its turn."""

    memory: int
    seconds: int
    line: Line = Line.AWAITED


MB = 1024 * 1024
ON_A_PAGE = Budget(450 * MB, 6)  # a phone's photo of 48 megapixels, unpacked
BEHIND = Budget(450 * MB, 20, Line.BEHIND)  # email and imports
PAPER = Budget(450 * MB, 120, Line.LONG)
LONG_WORK = Budget(600 * MB, 600, Line.LONG)  # five minutes of a phone's video take about two


class CageBroken(Exception):
    """It cannot be decoded, or takes more memory or time than it may."""


class CageBusy(Exception):
    """Too many files are being decoded at this moment."""


def decode(work: Work, content: bytes, budget: Budget, **options: Any) -> tuple[Any, bytes]:
    """What a file holds, as facts and bytes. Raises NotTaken, CageBroken, and CageBusy where a person waits."""
    told = json.dumps(options | {"memory": budget.memory, "seconds": budget.seconds})
    asked = [sys.executable, "-I", "-c", INSIDE, str(ROOT), work, told]
    wait = budget.seconds * 2  # a busy machine: seconds on the wall are not the processor's
    turn, patience = _turns[budget.line], SECONDS_IN_LINE if budget.line is Line.AWAITED else None
    if not turn.acquire(timeout=patience):
        raise CageBusy
    try:
        done = subprocess.run(asked, input=content, capture_output=True, timeout=wait, check=True, env=KNOWN)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as trouble:
        raise CageBroken from trouble
    finally:
        turn.release()
    facts, _, made = done.stdout.partition(b"\n")
    try:
        told = json.loads(facts)
    except ValueError as trouble:
        raise CageBroken from trouble
    if isinstance(told, dict) and "not_taken" in told:
        raise NotTaken(Reason(told["not_taken"]))
    return told, made

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

ROOT = Path(__file__).parents[2]
INSIDE = "import sys; sys.path.insert(0, sys.argv[1]); from portal.cage.inside import main; main(sys.argv[2], sys.argv[3])"
STARTS_WITH = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what some systems cannot start Python without
KNOWN = {name: os.environ[name] for name in STARTS_WITH if name in os.environ}
AT_ONCE, SECONDS_IN_LINE = 2, 2  # decoding takes a whole core: the other pages must go on
_awaited, _behind = threading.BoundedSemaphore(AT_ONCE), threading.BoundedSemaphore(1)  # neither holds up the other


class Work(StrEnum):
    """What is done with a file: the name of the module that does it."""

    PICTURE = "pictures"
    SOUND = "sounds"
    PDF = "pdfs"
    WORD = "word_files"
    SPREADSHEET = "spreadsheets"


@dataclass(frozen=True)
class Budget:
    """The most that one file may take: bytes of memory, and seconds of the processor; and whether a person waits for it."""

    memory: int
    seconds: int
    is_awaited: bool = True


ON_A_PAGE = Budget(300 * 1024 * 1024, 3)
SOUND_ON_A_PAGE = Budget(100 * 1024 * 1024, 8)  # ten minutes of a telephone's own recording take five
BEHIND = Budget(300 * 1024 * 1024, 20, is_awaited=False)  # email and imports


class CageBroken(Exception):
    """It cannot be decoded, or takes more memory or time than it may."""


class CageBusy(Exception):
    """Too many files are being decoded at this moment."""


def decode(work: Work, content: bytes, budget: Budget, **options: Any) -> tuple[Any, bytes]:
    """What a file holds, as facts and bytes. Raises CageBroken, and CageBusy where a person waits."""
    told = json.dumps(options | {"memory": budget.memory, "seconds": budget.seconds})
    asked = [sys.executable, "-I", "-c", INSIDE, str(ROOT), work, told]
    wait = budget.seconds * 2  # a busy machine: seconds on the wall are not the processor's
    turn, patience = (_awaited, SECONDS_IN_LINE) if budget.is_awaited else (_behind, wait)
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
        return json.loads(facts), made
    except ValueError as trouble:
        raise CageBroken from trouble

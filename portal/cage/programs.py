"""Running a program of somebody else on what we give it: with little memory and time, no secrets, and nothing to keep.

Pandoc and Tesseract are programs, not libraries: they take a file on standard input, and tell on standard output.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence

from portal.cage.inside import shut
from portal.cage.running import KNOWN, ROOT, Budget, CageBroken, Line

INSIDE = "import sys; sys.path.insert(0, sys.argv[1]); from portal.cage.programs import become; become(*sys.argv[2:])"
MOST_FILES_OPEN = 24  # its own libraries, and what it knows of a language
_turns = {line: threading.BoundedSemaphore(1) for line in Line}  # a page that is read for words holds up no letter


def run(command: Sequence[str], content: bytes, budget: Budget, **known: str) -> bytes:
    """What a program says of a file. `known` is all of the environment that it is told. Raises CageBroken."""
    told = json.dumps({"memory": budget.memory, "seconds": budget.seconds})
    asked = [sys.executable, "-I", "-c", INSIDE, str(ROOT), told, *command]
    with _turns[budget.line]:
        try:
            done = subprocess.run(  # noqa: S603 - the program and what it is told are ours
                asked, input=content, capture_output=True, timeout=budget.seconds * 2, check=True, env=KNOWN | known
            )
        except (OSError, subprocess.SubprocessError) as trouble:
            raise CageBroken from trouble
    return done.stdout


def become(told: str, program: str, *arguments: str) -> None:
    """Take little, then be the program."""
    shut(**json.loads(told), files_open=MOST_FILES_OPEN)
    os.execv(program, [program, *arguments])  # noqa: S606

"""The process that decodes one file: it takes what it needs to know, shuts every door, and only then opens the file."""

import importlib
import json
import os
import sys

from portal.cage.refusal import NotTaken


def main(work: str, options: str) -> None:
    """Read a file from standard input; write the facts of it as one line of JSON, and below them what was made of it."""
    module, asked = importlib.import_module(f"portal.cage.{work}"), json.loads(options)
    content = sys.stdin.buffer.read()
    shut(asked.pop("memory"), asked.pop("seconds"))
    try:
        facts, made = module.decode(content, **asked)
    except NotTaken as refusal:
        facts, made = {"not_taken": refusal.reason}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + made)


def shut(memory: int, seconds: int, files_open: int = 0) -> None:
    """Little memory and time; and from here on no file, no connection and no program is opened, but for so many files.

    Where the system has no such limits, whoever waits outside ends what takes too long.
    """
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)  # whoever waits for a page comes first
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files_open, files_open))

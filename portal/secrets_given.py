"""Secrets: told by a setting itself, by the file that NAME_FILE names, or by the command of NAME_COMMAND."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path


class SettingMissing(SystemExit):
    """A setting that is missing or no good: the process stops with this sentence instead of a traceback."""


def mailbox_secret(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The password of a mailbox, or a token that lets us in, asked for anew at each look: tokens live for an hour.

    Raises SettingMissing.
    """
    return _told_as(f"PORTAL_{name.upper()}_MAILBOX_PASSWORD", environment)


def secret_from(name: str, environment: Mapping[str, str]) -> str:
    """A secret from the setting itself, from the file that NAME_FILE names, or from what NAME_COMMAND prints.

    Lines become commas, so that a file can hold a key a line. Raises SettingMissing, never with the secret in its words.
    """
    return ",".join(_told_as(name, environment).split())


def _told_as(name: str, environment: Mapping[str, str]) -> str:
    """A secret as it stands, from the one place that is set; empty when none is."""
    given = [source for source in ("", "_FILE", "_COMMAND") if environment.get(name + source)]
    if len(given) > 1:
        raise SettingMissing(f"{' and '.join(name + source for source in given)} are both set. Set one of them.")
    if not given:
        return ""
    value = environment[name + given[0]]
    told = {"": lambda: value, "_FILE": lambda: _from_file(name, value), "_COMMAND": lambda: _from_command(name, value)}
    return told[given[0]]().strip()


def _from_file(name: str, path: str) -> str:
    try:
        if os.name == "posix" and Path(path).stat().st_mode & 0o077:
            raise SettingMissing(f"The file of {name}_FILE can be read by others. Run: chmod 600 {shlex.quote(path)}")
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise SettingMissing(f"The file of {name}_FILE cannot be read ({type(trouble).__name__}).") from None


def _from_command(name: str, command: str) -> str:
    try:
        words = shlex.split(command)
        done = subprocess.run(words, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603 - the council's own
    except (OSError, ValueError, subprocess.SubprocessError) as trouble:
        raise SettingMissing(f"The command of {name}_COMMAND gave no secret ({type(trouble).__name__}).") from None
    if not done.stdout.strip():
        raise SettingMissing(f"The command of {name}_COMMAND printed nothing.")
    return done.stdout

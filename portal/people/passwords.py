"""Which passwords are refused: those that attackers try first, and those that leaked. Nothing is asked over a network."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask_security import PasswordUtil
from passlib.hash import argon2
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal.sealing.ring import Purpose, ring
from portal.web.settings import settings

TOO_WELL_KNOWN = "This password is on the lists that attackers try first. Choose three or four words of your own"
TOO_NEAR = (
    "This password is made of your address or name, the council's or the portal's. Choose words that are none of these"
)
MAX_LINE_LENGTH, MIN_OF_ONES_OWN = 128, 8


class LocalPasswords(PasswordUtil):  # type: ignore[misc]
    """Checks a new password against lists that lie on this machine."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def validate(self, password: str, is_register: bool, **more: Any) -> tuple[list[str] | None, str]:
        """What is wrong with a new password, and the password as it is kept."""
        wrong, kept = super().validate(password, is_register, **more)
        user = more.get("user")
        own = [user.email, user.email.partition("@")[0], *user.name.split()] if user is not None else []
        if not wrong and is_well_known(kept, settings().breached_passwords):
            wrong = [TOO_WELL_KNOWN]
        elif not wrong and is_mostly_of(kept, [*own, settings().council.name, "Your Say"]):
            wrong = [TOO_NEAR]
        return wrong, kept


def is_mostly_of(password: str, names: Iterable[str]) -> bool:
    """Whether little is left of a password without the words that stand on every page or in the person's address."""
    left = _bare(password)
    for word in sorted({_bare(part) for name in names for part in (name, *name.split())}, key=len, reverse=True):
        left = left.replace(word, "") if len(word) > 3 else left
    return len(left) < MIN_OF_ONES_OWN


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def fits_an_older_key(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept, under a key for passwords that is not the newest any more."""
    *older, _ = ring.to_sign_with(Purpose.PASSWORDS)
    macs = (hmac.digest(key.text.encode(), password.encode(), "sha512") for key in older)
    return any(argon2.verify(base64.b64encode(mac), kept) for mac in macs)


@cache
def nobodys_password() -> str:
    """A hash that no password fits, so that an address without an account takes as long to refuse as one with."""
    return str(argon2.hash(secrets.token_urlsafe(32)))


@cache
def common_passwords() -> frozenset[str]:
    """The thirty thousand passwords that leaked most often (the list that zxcvbn carries)."""
    return frozenset(FREQUENCY_LISTS["passwords"])


def is_well_known(password: str, leaked_file: str = "") -> bool:
    """Whether a password is common, also with digits or marks at its ends, or in the council's own file of leaked ones."""
    bare = password.casefold().strip("0123456789!?.*_- ")
    repeated = len(set(password)) <= 3
    is_common = repeated or password.casefold() in common_passwords() or bare in common_passwords()
    return is_common or (bool(leaked_file) and is_leaked(password, Path(leaked_file)))


def is_leaked(password: str, leaked: Path) -> bool:
    """Whether a sorted file of SHA-1 hashes, a line each as Have I Been Pwned gives them, holds a password.

    The file has many gigabytes: it is halved until the line is found, and never read as a whole.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with leaked.open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.readline()
            line = file.readline(MAX_LINE_LENGTH)
            if line and line[:40].upper() < wanted:
                low = middle + 1
            else:
                high = middle
        file.seek(low)
        lines = [file.readline(MAX_LINE_LENGTH) for _ in range(2)]
    return any(line[:40].upper() == wanted for line in lines)

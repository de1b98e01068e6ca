"""The form of everyone outside: a quiet proof that no script sends it, and limits that hold a flood.

Neither asks a puzzle, needs a script or keeps an address. What does not pass is shown again with all that was typed, and a
sentence that blames nobody: a person presses once more and is through.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import current_app
from flask_login import current_user
from itsdangerous import BadSignature
from limits import RateLimitItem, parse_many
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from portal import clock
from portal.extensions import limiter, visitor
from portal.languages.phrase import phrase
from portal.sealing.hashes import signer_of_forms
from portal.web.forms import PortalForm
from portal.web.settings import settings

WAIT = phrase("Wait a few seconds, then press the button again. Nothing you wrote is lost.")
TOO_MANY = phrase(
    "Very many people are sending just now. Wait a minute, then press the button again. Nothing you wrote is lost."
)


@dataclass(frozen=True)
class Limit:
    """How often one kind of form is taken: from one visitor's address, and from everyone together.

    A school or a children's home shares one address: thirty-five children who all send within ten minutes, twice, must never
    notice the first number. The second is far above what a whole county sends, and far below what would fill a disk.
    """

    from_one: tuple[RateLimitItem, ...]
    from_all: tuple[RateLimitItem, ...]


BEGINNING = Limit(tuple(parse_many("200 per 10 minutes; 1000 per day")), tuple(parse_many("2000 per 10 minutes")))
SENDING = Limit(tuple(parse_many("100 per 10 minutes; 500 per day")), tuple(parse_many("600 per 10 minutes; 5000 per day")))
SCANNING = Limit(tuple(parse_many("600 per 10 minutes")), tuple(parse_many("50000 per hour")))
GUESSING = Limit(tuple(parse_many("60 per minute; 400 per hour")), tuple(parse_many("20000 per hour")))
LISTENING = Limit(tuple(parse_many("300 per 10 minutes")), tuple(parse_many("3000 per 10 minutes")))
LIMITS = {
    "begin": BEGINNING,
    "send": SENDING,
    "thank": SENDING,
    "reply": SENDING,
    "sound": LISTENING,
    "guess": GUESSING,
    "scan": SCANNING,
    "save": SENDING,
    "file": SENDING,
}


class PublicForm(PortalForm):
    """What a public form adds: a field that no person sees, the moment when the page was made, and its limit."""

    limited_as: ClassVar[str] = ""
    is_typed_into: ClassVar[bool] = False  # a page that a person types into is never sent within a second or two
    wait, too_many = WAIT, TOO_MANY

    extra = StringField("Leave this empty")
    made = HiddenField(validators=[Length(max=100)])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._sent_made = self.made.data or ""
        self.made.data = signer_of_forms("quiet proof").sign(str(int(clock.now().timestamp()))).decode()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form, then the proof, then the limit; a form that is not good yet counts for nothing."""
        if not super().validate(extra_validators):
            return False
        if self.extra.data or (self.is_typed_into and not _is_old_enough(self._sent_made)):
            self.form_errors.append(self.wait)
            self.extra.data = ""
        elif self.limited_as and is_too_much(self.limited_as):
            self.form_errors.append(self.too_many)
        return not self.form_errors


def is_too_much(kind: str) -> bool:
    """Whether this visitor, or everyone together, sent too much of a kind just now; counts this one.

    A colleague is known by name and held up by nothing, except in guessing secret words.
    """
    if current_user.is_authenticated and kind != "guess":
        return False
    limit = LIMITS[kind]
    fits = [limiter.hit(rate, kind, visitor()) for rate in limit.from_one]
    fits += [limiter.hit(rate, kind, "everyone") for rate in limit.from_all] if all(fits) else []
    if not all(fits):
        current_app.logger.warning("a limit holds: %s", kind)
    return not all(fits)


def is_spent(kind: str) -> bool:
    """Whether this visitor, or everyone together, has none of a kind left just now; counts nothing."""
    limit = LIMITS[kind]
    left = [limiter.test(rate, kind, visitor()) for rate in limit.from_one]
    return not all([*left, *(limiter.test(rate, kind, "everyone") for rate in limit.from_all)])


def _is_old_enough(made: str) -> bool:
    try:
        at = int(signer_of_forms("quiet proof").unsign(made))
    except (BadSignature, ValueError):
        return False
    now = clock.now().timestamp()  # a clock that was set back meanwhile holds nobody up: the moment is signed by us
    return at > now or now - at >= settings().seconds_before_sending

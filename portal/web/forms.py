"""The form that every page builds on: it forgets nothing that was typed, and speaks plainly when it cannot go on."""

import hashlib
import json
import re
import secrets
from decimal import Decimal
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import DateField, DecimalField, Field, FileField, HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal import clock
from portal.languages.phrase import phrase
from portal.web.language import say

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DIRECTION_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
MAX_TEXT_LENGTH = 50_000
MAX_LINE_LENGTH = 300
OPEN_TOO_LONG = phrase("This page was open for a long time. Your words are still here. Press the button again.")
LINE_TOO_LONG = phrase("This is too long. Use at most %(most)s letters. Nothing you typed was lost.")
TEXT_TOO_LONG = phrase(
    "This is too long: it has %(count)s letters. Send up to %(most)s now. You can send more after that. "
    "Nothing you typed was lost."
)


def clean(text: Any) -> Any:
    """Text without control characters and with one kind of line end; anything else as it is."""
    if not isinstance(text, str):
        return text
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_line(text: Any) -> Any:
    """A single line: clean, and without marks that turn the writing direction of what stands around it."""
    return DIRECTION_OVERRIDES.sub("", " ".join(clean(text).split())) if isinstance(text, str) else text


PLAIN = {
    "Not a valid integer value.": phrase("Write this as a number, like 3"),
    "Not a valid decimal value.": "Write a sum like 325.50",
    "Not a valid date value.": "Write the day like 2026-05-31",
    "Not a valid choice.": phrase("Choose one of the answers on the page"),
    "'%(value)s' is not a valid choice for this field.": phrase("Choose from the answers on the page"),
    "'%(value)s' are not valid choices for this field.": phrase("Choose from the answers on the page"),
}


class PlainWords:
    """What a form library says, in words that tell what to do."""

    def gettext(self, text: str) -> str:
        """One sentence."""
        return PLAIN.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """One sentence for one or for many."""
        return PLAIN.get(one if n == 1 else many, one if n == 1 else many)


FIRST_YEAR, YEAR_IN_FULL = 1900, "Write the year with all its numbers, like 2026"


class PortalForm(FlaskForm):
    """A form with its own token, a mark that makes a second press harmless, and cleaned text."""

    too_old = OPEN_TOO_LONG
    once = HiddenField(validators=[Length(max=64)])

    class Meta(FlaskForm.Meta):
        """How fields are bound: every line of text is cleaned on the way in."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was typed, now or before the page was left, and nothing else: no files and no JSON."""
            if formdata is not _Auto or not request:
                return None if formdata is _Auto else formdata
            if request.method not in ("POST", "PUT", "PATCH", "DELETE"):
                return MultiDict(g.typed) if g.get("typed") else None  # what the page was left with
            return request.form

        def get_translations(self, form: Any) -> PlainWords:
            """The words of errors."""
            return PlainWords()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the cleaning."""
            is_line = issubclass(unbound_field.field_class, StringField)
            is_long = getattr(unbound_field.field_class, "is_long_text", False)
            if is_line:
                options = {**options, "filters": [clean if is_long else clean_line]}
            return unbound_field.bind(form=form, **options)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.once.data:
            self.once.data = secrets.token_urlsafe(16)

    def once_key(self, *who_and_what: object) -> str:
        """What makes a second press harmless: this form, from this person, with these words, and no other."""
        told = [self.once.data, *map(str, who_and_what)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form; an old token becomes a kind sentence, and what cannot be read is told once."""
        good = super().validate(extra_validators) and self._years_are_whole()
        for field in self:
            unread = len(getattr(field, "process_errors", ()))
            if unread and len(field.errors) > unread:  # the field's own words say more than the library's
                field.errors = list(field.errors)[unread:]
        token = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = [self.too_old]
        return bool(good)

    def _years_are_whole(self) -> bool:
        """Refuse a day whose year was cut short or mistyped, like 0022: it would be counted for two thousand years."""
        wrong = [field for field in self if isinstance(field, DateField) and field.data and field.data.year < FIRST_YEAR]
        for field in wrong:
            field.errors = [*field.errors, YEAR_IN_FULL]
        return not wrong


class TakesFiles:
    """What the Meta of a form adds that takes files."""

    def wrap_formdata(self, form: Any, formdata: Any) -> Any:
        """What was typed and what was chosen."""
        typed = PortalForm.Meta.wrap_formdata(self, form, formdata)  # type: ignore[arg-type]
        if typed is None or formdata is not _Auto:
            return typed
        takes = {name for name, field in form._unbound_fields if issubclass(field.field_class, FileField)}
        chosen = MultiDict((name, file) for name, file in request.files.items(multi=True) if name in takes)
        return CombinedMultiDict((chosen, typed))


class OneFileField(FileField):
    """A file that may be left out. `data` is the file, or None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the first file that has a name."""
        self.data = next((one for one in valuelist if isinstance(one, FileStorage) and one.filename), None)


class LongTextField(StringField):
    """A box to write in."""

    is_long_text = True


class PoundsField(DecimalField):
    """A sum of money in pounds, of nought or more."""

    data: Decimal | None

    def __init__(self, label: str, most: int, **kwargs: Any) -> None:
        said = f"Write a sum between 0 and {most:,}"
        super().__init__(label, [Optional(), NumberRange(0, most, message=said)], places=2, default=Decimal(0), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a number that is none, such as infinity, is refused in words."""
        super().process_formdata(valuelist)
        if self.data is not None and not self.data.is_finite():
            self.data = None
            raise ValueError("Write a sum like 325.50")

    @property
    def pence(self) -> int:
        """The sum in pence."""
        return int((self.data or Decimal(0)) * 100)


class NotInFuture:
    """A day that has come; the sentence says what to write instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse a day after today."""
        if field.data and field.data > clock.today():
            raise ValidationError(self.sentence)


def page_number(asked: str | None) -> int:
    """Which page of a list an address asks for; the first for anything that is no number."""
    is_number = bool(asked and asked.isascii() and asked.isdigit() and len(asked) < 7)
    return max(int(asked or 1), 1) if is_number else 1


def choices(labels: dict[str, str]) -> list[SelectChoice]:
    """Choices from codes and their words."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class NotTooLong:
    """A text's limit: told in numbers and in the visitor's language, with everything typed still on the page."""

    def __init__(self, most: int = MAX_TEXT_LENGTH, said: str = "") -> None:
        self.most, self.said = most, said or TEXT_TOO_LONG

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse what is too long."""
        count = len(field.data or "")
        if count > self.most:
            raise ValidationError(say(self.said) % {"count": f"{count:,}", "most": f"{self.most:,}"})


def line(most: int = MAX_LINE_LENGTH, said: str = "") -> NotTooLong:
    """A line of a length that the database and a letter can hold; `said` is what is told when it is longer."""
    return NotTooLong(most, said or LINE_TOO_LONG)

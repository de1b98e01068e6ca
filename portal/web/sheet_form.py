"""The form of every import: first a table is looked at, then the same table is kept."""

from wtforms import BooleanField
from wtforms.validators import ValidationError

from portal.web.forms import LongTextField, NotTooLong, OneFileField, PortalForm, TakesFiles
from portal.web.sheets import MAX_SHEET_SIZE


class SheetForm(PortalForm):
    """A table. On the second press the page itself holds it, so that what is kept is what was looked at."""

    file = OneFileField("The table (CSV, XLSX or ODS)")
    sheet = LongTextField("The table as it was looked at", validators=[NotTooLong(MAX_SHEET_SIZE)])
    keep = BooleanField("Keep it")

    class Meta(TakesFiles, PortalForm.Meta):
        """How fields are bound: it takes a file."""

    def validate_file(self, field: OneFileField) -> None:
        """A table is needed, chosen now or looked at before."""
        if field.data is None and not self.sheet.data:
            raise ValidationError("Choose the file with the table")

    def content(self) -> bytes:
        """The table: the file that was chosen, or else what the page holds."""
        if self.file.data is not None:
            return bytes(self.file.data.stream.read(MAX_SHEET_SIZE + 1))
        return (self.sheet.data or "").encode()

    @property
    def is_to_keep(self) -> bool:
        """Whether it is the second press: the table was looked at, and no other was chosen since."""
        return bool(self.keep.data and self.file.data is None)

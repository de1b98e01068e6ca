"""The form that takes a file."""

from flask_wtf.file import FileRequired
from wtforms.validators import DataRequired

from portal.web.forms import LongTextField, NotTooLong, OneFileField, PortalForm, TakesFiles


class TranscriptForm(PortalForm):
    """What is heard in a recording, or seen in a picture."""

    words = LongTextField("What is heard or seen", validators=[DataRequired("Write what is heard or seen"), NotTooLong()])


class FileForm(PortalForm):
    """Add a file to a case."""

    file = OneFileField("Choose a photo, a recording, a PDF or a text", validators=[FileRequired("Choose a file first")])

    class Meta(TakesFiles, PortalForm.Meta):
        """How fields are bound: this form takes files."""

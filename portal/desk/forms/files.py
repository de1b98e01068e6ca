"""The form that takes a file."""

from flask_wtf.file import FileRequired

from portal.cases.fields import words
from portal.web.forms import OneFileField, PortalForm, TakesFiles


class TranscriptForm(PortalForm):
    """What is heard in a recording, or seen in a picture."""

    words = words("What is heard or seen", "Write what is heard or seen")


class FileForm(PortalForm):
    """Add a file to a case."""

    file = OneFileField(
        "Choose a photo, recording, video, letter or email", validators=[FileRequired("Choose a file first")]
    )

    class Meta(TakesFiles, PortalForm.Meta):
        """How fields are bound: this form takes files."""

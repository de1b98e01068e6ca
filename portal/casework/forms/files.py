"""The form that takes a file."""

from typing import Any

from flask import request
from flask_wtf.file import FileField, FileRequired
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict

from portal.web.forms import PortalForm


class FileForm(PortalForm):
    """Add a file to a case."""

    file = FileField("Choose a photo, a recording, a PDF or a text", validators=[FileRequired("Choose a file first")])

    class Meta(PortalForm.Meta):
        """How fields are bound: this form alone takes files."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was typed and what was chosen."""
            typed = super().wrap_formdata(form, formdata)
            return CombinedMultiDict((request.files, request.form)) if typed is not None and formdata is _Auto else typed

"""What comes with a form: a file that is too large is cut, so that the page says so and nothing typed is lost."""

from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from portal.config import MAX_FILE_SIZE, MAX_FORM_SIZE

IN_MEMORY, MAX_FIELDS = 500 * 1024, 1_000
KEPT_OF_A_FILE = MAX_FILE_SIZE + 1  # one byte more than a file may have tells that it had more


class CutFile(SpooledTemporaryFile[bytes]):
    """A file of which only the first bytes are kept."""

    def write(self, content: Any) -> int:
        """Keep what there is room for; says that all was taken, so that the rest of the form is read."""
        super().write(content[: max(0, KEPT_OF_A_FILE - self.tell())])
        return len(content)


class PatientRequest(Request):
    """A request whose files are cut instead of refusing the whole form. What cannot hold files stays smaller."""

    def __init__(self, environ: Any, **more: Any) -> None:
        super().__init__(environ, **more)
        if self.mimetype != "multipart/form-data":
            self.max_content_length = MAX_FORM_SIZE

    def _load_form_data(self) -> None:
        """Read a form; one of more fields than any page has is refused before it is taken apart."""
        if self.mimetype == "application/x-www-form-urlencoded" and self.get_data().count(b"&") >= MAX_FIELDS:
            raise RequestEntityTooLarge
        super()._load_form_data()

    def _get_file_stream(self, *about: Any, **more: Any) -> IO[bytes]:
        return cast(IO[bytes], CutFile(max_size=IN_MEMORY, mode="rb+"))

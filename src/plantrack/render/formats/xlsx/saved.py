"""The parts of a workbook as openpyxl writes them: it lays each sheet in a file of its own first, for which there may be no room."""

import errno
import os
import tempfile
from io import BytesIO

from lxml.etree import SerialisationError
from openpyxl import Workbook

from plantrack.errors import Failure, failing_as
from plantrack.render.formats.office_zip import unpacked


def saved_parts(book: Workbook) -> dict[str, bytes]:
    """Return the parts of a workbook by name.

    Raises: output-failed, where there is no room for them until then.
    """
    out = BytesIO()
    with failing_as("output-failed", file=tempfile.gettempdir()):
        try:
            book.save(out)
        except SerialisationError as error:  # lxml names what the system said: IO_ENOSPC, IO_EFBIG
            number = getattr(errno, str(error).removeprefix("IO_"), None)
            reason = str(error) if number is None else os.strerror(number)
            raise Failure("output-failed", file=tempfile.gettempdir(), reason=reason) from error
    return unpacked(out.getvalue())

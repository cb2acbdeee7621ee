"""Why a file cannot be read, as codes that the catalogues have words for: what libraries say is for programmers."""

import zlib
from typing import Final
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile


class TooMuchError(ValueError):
    """A part has more of something than any table needs."""


class DocumentTypeError(ValueError):
    """A part of XML declares a type, and so could define entities."""


#: The first that fits; lxml's errors of syntax are Python's.
_CODES: Final = (
    (TooMuchError, "more-than-a-table"),
    (DocumentTypeError, "with-a-doctype"),
    ((ExpatError, SyntaxError), "broken-xml"),
    ((BadZipFile, zlib.error, EOFError), "broken-package"),
    (NotImplementedError, "unknown-compression"),
    (MemoryError, "more-than-a-table"),
)


def reason_code(error: Exception) -> str:
    """Return the code of what a library stumbled over in a package."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), "not-as-office-writes")

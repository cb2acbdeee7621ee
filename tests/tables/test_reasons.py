"""Why a file cannot be read: codes that have words, whatever a library says."""

import zipfile
import zlib
from xml.parsers.expat import ExpatError

import pytest
from lxml import etree

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.tables.reasons import DocumentTypeError, TooMuchError, reason_code


def not_well_formed() -> Exception:
    """Return what lxml says of XML that is cut off."""
    try:
        etree.fromstring(b"<a>")
    except etree.XMLSyntaxError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TooMuchError("x"), "more-than-a-table"),
        (DocumentTypeError("x"), "with-a-doctype"),
        *[(error, "broken-xml") for error in (ExpatError("no element found"), not_well_formed())],
        *[(error, "broken-package") for error in (zipfile.BadZipFile("x"), zlib.error("x"), EOFError())],
        (NotImplementedError("compression"), "unknown-compression"),
        *[
            (error, "not-as-office-writes")
            for error in (ValueError("row 1 after row 2"), KeyError("x"), IndexError())
        ],
    ],
)
def test_every_error_has_a_code_with_words(error: Exception, code: str) -> None:
    assert reason_code(error) == code
    assert all(Words(language).has(f"reason.{code}") for language in LANGUAGES)

"""The bytes of a plan file, read without ever waiting for them."""

import os
import stat
from pathlib import Path

from plantrack.errors import Failure, reason_of
from plantrack.planfile.parsing.source_text import MAX_BYTES
from plantrack.system import open_at_once


def read_document(path: Path) -> bytes:
    """Read the file, of a larger one than a plan may be only so much as shows that."""
    try:
        return read_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        raise Failure("plan-missing", file=str(path)) from None
    except OSError as error:
        raise Failure("plan-unreadable", file=str(path), reason=reason_of(error)) from None


def read_bytes(path: Path) -> bytes:
    """Read at most one byte more than a plan may have; only plain files are read."""
    try:
        number = open_at_once(path)
    except ValueError as error:
        raise FileNotFoundError(str(error)) from None
    with open(number, "rb") as file:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError("Is a directory")
        if not stat.S_ISREG(mode):
            raise OSError("Not a regular file")
        return file.read(MAX_BYTES + 1)

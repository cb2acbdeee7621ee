"""The file of an annex: whether it can be read at all, and as what. Nothing is unpacked before that is known."""

import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plantrack.errors import Failure, reason_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.planfile.annex.grid import MAX_COLUMNS, MAX_ROWS

MAX_MIB: Final = 20
MAX_UNZIPPED_MIB: Final = 200
#: What is read into memory as a tree: a part of this size takes a gigabyte.
MAX_PART_MIB: Final = 40
_MIB: Final = 1024 * 1024

#: How a file of Office before 2007 begins, and an encrypted one of today.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_KINDS: Final = {"docx": re.compile(r"word/document\d*\.xml"), "xlsx": re.compile(r"xl/workbook\d*\.xml")}


class Package(NamedTuple):
    """The bytes of a file that is a docx or xlsx of a size that can be read."""

    file: str
    kind: str
    data: bytes
    parts: tuple[str, ...]


def open_package(path: Path) -> Package:
    """Read the file; one that is missing, too large, encrypted or of another kind is refused."""
    data = _read(path)
    if data.startswith(_OLE):
        raise Failure("annex-encrypted" if _ENCRYPTED in data else "annex-old-format", file=str(path))
    if not data.startswith(b"PK"):
        raise Failure("annex-other-format", file=str(path))
    parts = _parts(path, data)
    kind = next((kind for kind, form in _KINDS.items() if any(map(form.fullmatch, parts))), None)
    if kind is None:
        raise Failure("annex-other-format", file=str(path))
    return Package(str(path), kind, data, parts)


def _read(path: Path) -> bytes:
    try:
        data = _bytes_of(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Failure("annex-missing", file=str(path)) from None
    except OSError as error:
        raise Failure("annex-unreadable", file=str(path), reason=reason_of(error)) from None
    if len(data) > MAX_MIB * _MIB:
        raise too_large(str(path))
    return data


def _bytes_of(path: Path) -> bytes:
    # Opening a pipe that nobody writes to would wait for ever.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError("Not a regular file")
        return file.read(MAX_MIB * _MIB + 1)


def _parts(path: Path, data: bytes) -> tuple[str, ...]:
    """Return the names of what is packed; sizes are those the archive says, more is never unpacked."""
    with reading(str(path)), zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    trees = [m.file_size for m in members if m.filename.endswith((".xml", ".rels"))]
    if (
        sum(m.file_size for m in members) > MAX_UNZIPPED_MIB * _MIB
        or max(trees, default=0) > MAX_PART_MIB * _MIB
    ):
        raise too_large(str(path))
    if any(m.flag_bits & 1 for m in members):
        raise Failure("annex-encrypted", file=str(path))
    return tuple(m.filename for m in members)


def too_large(file: str) -> Failure:
    """Say that a file is larger than an annex can be."""
    return Failure(
        "annex-too-large", file=file, size=MAX_MIB, unzipped=MAX_UNZIPPED_MIB, rows=MAX_ROWS, columns=MAX_COLUMNS
    )  # fmt: skip


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Say of whatever a library stumbles over that the file cannot be read."""
    try:
        yield
    except Failure:
        raise
    except Exception as error:  # noqa: BLE001 (what zipfile, lxml and the others raise has no common class)
        reason = " ".join(str(error).split()) or type(error).__name__
        raise Failure("annex-unreadable", file=file, reason=reason) from None

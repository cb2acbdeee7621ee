"""A file of Word or Excel: whether it can be read at all, and as what. Nothing is unpacked before that is known."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.plain_file import MIB, PlainFile, find_plain_file
from plantrack.tables.reasons import reason_code

#: How a file of Office before 2007 begins, and an encrypted one of today.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MEMBER: Final = b"PK\x01\x02"
#: Packages have some dozens of parts; listing a million takes all the memory.
_MAX_PARTS: Final = 20_000
_KINDS: Final = (
    ("docx", re.compile(r"word/document\d*\.xml")),
    ("xlsx", re.compile(r"xl/workbook\d*\.xml")),
    ("xlsb", re.compile(r"xl/workbook\d*\.bin")),
    ("ods", re.compile(r"content\.xml")),
)

OfficeKind = Literal["docx", "xlsx"]


class Limits(NamedTuple):
    """How large a package may be, in MiB: as it lies there, unpacked, and each part of XML."""

    size: int
    unpacked: int
    part: int


class Package(NamedTuple):
    """A docx or xlsx of a size that can be read."""

    source: PlainFile
    kind: OfficeKind
    parts: tuple[str, ...]

    @property
    def file(self) -> str:
        """Return its path, as it is spoken of."""
        return str(self.source.path)

    @contextmanager
    def archive(self) -> Iterator[zipfile.ZipFile]:
        """Open the package; whatever is wrong with it on the way is a failure."""
        with self.source.open() as file, reading(self.file), zipfile.ZipFile(file) as archive:
            yield archive


def is_package(source: PlainFile) -> bool:
    """Return whether a file begins as those of Office do, today's or older ones."""
    return source.begins(len(_OLE)).startswith((_OLE, b"PK"))


def open_package(path: Path, limits: Limits) -> Package:
    """Look at a file; one that is missing, too large, encrypted or of another kind fails (`table-…`)."""
    source = find_plain_file(path, limits.size)
    begins = source.begins(len(_OLE))
    if begins == _OLE:
        (encrypted,) = source.occurrences(_ENCRYPTED)
        raise Failure("table-encrypted" if encrypted else "table-old-format", file=str(path))
    if not begins.startswith(b"PK"):
        raise Failure("table-other-format", file=str(path), kind="?")
    parts = _parts(source, limits)
    kind = next((kind for kind, form in _KINDS if any(map(form.fullmatch, parts))), "zip")
    if kind not in ("docx", "xlsx"):
        raise Failure("table-other-format", file=str(path), kind=kind)
    return Package(source, "docx" if kind == "docx" else "xlsx", parts)


def _parts(source: PlainFile, limits: Limits) -> tuple[str, ...]:
    """Return the names of what is packed; sizes are those the archive says, more is never unpacked."""
    file = str(source.path)
    (members,) = source.occurrences(_MEMBER)
    if members > _MAX_PARTS:
        raise _too_much(file, limits)
    with source.open() as opened, reading(file), zipfile.ZipFile(opened) as archive:
        infos = archive.infolist()
    trees = [m.file_size for m in infos if m.filename.endswith((".xml", ".rels"))]
    if sum(m.file_size for m in infos) > limits.unpacked * MIB or max(trees, default=0) > limits.part * MIB:
        raise _too_much(file, limits)
    if any(m.flag_bits & 1 for m in infos):
        raise Failure("table-encrypted", file=file)
    return tuple(m.filename for m in infos)


def _too_much(file: str, limits: Limits) -> Failure:
    return Failure("table-unpacks-too-large", file=file, unpacked=limits.unpacked, part=limits.part)


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Say of whatever a library stumbles over that the file cannot be read."""
    try:
        yield
    except Failure:
        raise
    except Exception as error:
        raise Failure("table-unreadable", file=file, reason=reason_code(error)) from error

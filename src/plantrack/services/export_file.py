"""The file of an export or a bundle: told from other files by its first line, and read line by line."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final, TypeVar

from plantrack.errors import Failure, reason_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.exchange.checked_lines import NumberedLine
from plantrack.store.exchange.fact_lines import (
    BUNDLE_FORMAT,
    FORMAT,
    MARK,
    BundleHead,
    ExportHead,
    read_head,
)

#: No line is longer in bytes: a plan has at most 5 MiB, and its line has it twice.
_LONGEST = 1 << 25
#: What a compressed file begins with, and the end of its name.
_GZIP: Final = b"\x1f\x8b"
_ENDING: Final = ".gz"
_WantedHead = TypeVar("_WantedHead", ExportHead, BundleHead)
#: What reading fails with where that was cut or altered.
_BROKEN: Final = (EOFError, zlib.error, gzip.BadGzipFile)
#: What an editor may have put before the first line.
_BYTE_ORDER_MARK: Final = "\ufeff".encode()


@contextmanager
def open_import(file: Path) -> Iterator[IO[bytes]]:
    """Open a file that was given to be read in; only plain files are read, so nothing is ever waited for.

    Raises: import-missing, import-unreadable.
    """
    try:
        if file.exists() and not file.is_file():
            raise Failure("import-unreadable", file=str(file), reason="not-a-plain-file")
        stream = file.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        raise Failure("import-missing", file=str(file)) from None
    except (OSError, ValueError) as error:
        raise Failure("import-unreadable", file=str(file), reason=reason_of(error)) from error
    with stream:
        yield stream


def is_export(file: Path) -> bool:
    """Return whether a file begins as an export or a bundle does, whatever follows.

    Raises: those of `open_import`, `_unpacked`.
    """
    with open_import(file) as raw, _unpacked(file, raw) as stream:
        try:
            return stream.read(len(MARK)) == MARK
        except (OSError, *_BROKEN):
            return False


def refuse_other(file: Path) -> None:
    """Refuse to write facts over a file that was there with anything else: it may be all that somebody has.

    Raises: output-over-other; those of `is_export`.
    """
    try:
        is_other = file.is_file() and file.stat().st_size > 0 and not is_export(file)
    except (OSError, ValueError):  # whoever writes it says what is wrong
        return
    if is_other:
        raise Failure("output-over-other", file=str(file))


class _HeadCodes(NamedTuple):
    """What is said of a head that is not the one that was wanted."""

    unreadable: str
    #: A bundle where an export is wanted, and the other way round.
    other: str
    newer: str
    older: str


_OF_EXPORT: Final = _HeadCodes("export-head", "import-of-bundle", "export-newer", "export-older")
_OF_BUNDLE: Final = _HeadCodes("bundle-head", "bundle-is-export", "bundle-newer", "bundle-older")


def _read_head_of(
    wanted: type[_WantedHead], form: str, codes: _HeadCodes, file: Path, lines: Iterator[NumberedLine]
) -> _WantedHead:
    """Read a head that has to be of one sort, in the form of its lines that is read here, and of today's schema."""
    head = read_head(next(lines, (0, b"", 0.0))[1])
    if head is None:
        code = codes.unreadable
    elif not isinstance(head, wanted):
        code = codes.other
    elif head.format != form or head.schema > SCHEMA_VERSION:
        code = codes.newer
    elif head.schema < SCHEMA_VERSION:
        code = codes.older
    else:
        return head
    if head is not None and head.format != form:
        raise Failure(code, file=str(file), theirs=head.format, ours=form)
    raise Failure(code, file=str(file), theirs=head.schema if head else 0, ours=SCHEMA_VERSION)


def _read_whole_head(file: Path, lines: Iterator[NumberedLine]) -> ExportHead:
    """Read the head of an export from which everything can be restored.

    Raises: export-head, export-newer, export-older, export-not-whole, import-of-bundle.
    """
    head = _read_head_of(ExportHead, FORMAT, _OF_EXPORT, file, lines)
    if head.kind != "whole":
        raise Failure("export-not-whole", file=str(file), what=f"export-{head.kind}")
    return head


@contextmanager
def open_export(file: Path) -> Iterator[tuple[ExportHead, Iterator[NumberedLine]]]:
    """Open an export from which everything can be restored, packed or not: its head, and the lines below it.

    Raises: those of `open_import`, `_unpacked`, `_read_whole_head`.
    """
    with open_import(file) as raw, _unpacked(file, raw) as stream:
        lines = numbered_lines(stream, raw)
        yield _read_whole_head(file, lines), lines


@contextmanager
def open_bundle(file: Path) -> Iterator[tuple[BundleHead, Iterator[NumberedLine]]]:
    """Open a bundle, packed or not: its head, and the lines below it. What fails in reading it is told of the bundle.

    Raises: bundle-damaged, bundle-head, bundle-is-export, bundle-newer, bundle-older; those of `open_import`, `_unpacked`.
    """
    with open_import(file) as raw:
        try:
            with _unpacked(file, raw) as stream:
                lines = numbered_lines(stream, raw)
                yield _read_head_of(BundleHead, BUNDLE_FORMAT, _OF_BUNDLE, file, lines), lines
        except Failure as failure:
            if not failure.code.startswith("export-"):
                raise
            besides = {
                name: value for name, value in failure.params.items() if name not in ("file", "reason")
            }
            raise Failure("bundle-damaged", file=str(file), reason=failure.code, **besides) from failure


@contextmanager
def _unpacked(file: Path, raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """Read what is in a file, packed or not.

    Raises: export-packing.
    """
    begin = raw.read(len(_BYTE_ORDER_MARK))
    raw.seek(len(begin) if begin == _BYTE_ORDER_MARK else 0)
    if not begin.startswith(_GZIP):
        yield raw
        return
    try:
        with gzip.open(raw) as stream:
            yield stream  # type: ignore[misc]
    except _BROKEN as error:
        raise Failure("export-packing", file=str(file)) from error


def packed(file: Path, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what a file of that name holds: packed where it ends in .gz, the same bytes for the same pieces."""
    if not file.name.lower().endswith(_ENDING):
        yield from pieces
        return
    made = io.BytesIO()
    with gzip.GzipFile("", "wb", fileobj=made, mtime=0) as stream:
        for piece in pieces:
            stream.write(piece)
            yield made.getvalue()
            made.seek(0)
            made.truncate()
    yield made.getvalue()


def numbered_lines(stream: IO[bytes], raw: IO[bytes] | None = None) -> Iterator[NumberedLine]:
    """Yield lines as they were written, with their numbers and the share of the file that was read; none is cut in memory.

    Mail, git and editors may have ended them otherwise, and added empty ones. `raw`: the file itself, where that is packed.
    """
    raw = raw or stream
    size = max(1, _size_of(raw))
    for number, line in enumerate(iter(partial(stream.readline, _LONGEST), b""), 1):
        if text := line.rstrip(b"\r\n"):
            yield number, text + b"\n", min(1.0, raw.tell() / size)


def _size_of(stream: IO[bytes]) -> int:
    import os

    return os.fstat(stream.fileno()).st_size

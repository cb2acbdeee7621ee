"""The file of an export: told from other files by its first line, and read line by line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from plantrack.errors import Failure, reason_of
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.exchange.fact_lines import FORMAT, MARK, ExportHead, read_head
from plantrack.store.exchange.restoring import NumberedLine

#: No line is longer in bytes: a plan has at most 5 MiB, and its line has it twice.
_LONGEST = 1 << 25


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
    """Return whether a file begins as an export does, whatever follows.

    Raises: those of `open_import`.
    """
    with open_import(file) as stream:
        return stream.read(len(MARK)) == MARK


def read_whole_head(file: Path, stream: IO[bytes]) -> ExportHead:
    """Read the head of an export from which everything can be restored.

    Raises: export-head, export-newer, export-older, export-not-whole.
    """
    head = read_head(_line(stream))
    if head is None:
        raise Failure("export-head", file=str(file))
    if head.format != FORMAT or head.schema > SCHEMA_VERSION:
        raise Failure("export-newer", file=str(file), theirs=head.schema, ours=SCHEMA_VERSION)
    if head.schema < SCHEMA_VERSION:
        raise Failure("export-older", file=str(file), theirs=head.schema, ours=SCHEMA_VERSION)
    if head.kind != "whole":
        raise Failure("export-not-whole", file=str(file), what=f"export-{head.kind}")
    return head


def lines_below(stream: IO[bytes]) -> Iterator[NumberedLine]:
    """Yield the lines below the head with their numbers, and the share of the file that was read; none is cut in memory."""
    size = max(1, _size_of(stream))
    number = 1
    while line := _line(stream):
        number += 1
        yield number, line, stream.tell() / size


def _line(stream: IO[bytes]) -> bytes:
    """Read a line; what carried the file to another system (git, mail) may have given it the line ends of Windows."""
    line = stream.readline(_LONGEST)
    return line[:-2] + b"\n" if line.endswith(b"\r\n") else line


def _size_of(stream: IO[bytes]) -> int:
    import os

    return os.fstat(stream.fileno()).st_size

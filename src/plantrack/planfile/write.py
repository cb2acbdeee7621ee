"""Files written whole or not at all: beside their place, then renamed into it."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from plantrack.errors import Failure

#: The rights of a folder whose files are a group's: they are made its own, and it may write there.
_SHARED = 0o2020


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file; on failure the old one is as it was (`output-failed`)."""
    try:
        place = path.resolve()  # a link stays, and leads to the new file
        if place.exists() and not place.is_file():
            place.write_bytes(data)  # a device or a pipe takes what it is given
        else:
            _write_beside(place, data)
    except (OSError, RuntimeError) as error:
        raise Failure(
            "output-failed", file=str(path), reason=getattr(error, "strerror", None) or str(error)
        ) from error


def write_new(path: Path, data: bytes) -> None:
    """Put `data` in a file that is not there yet; `file-exists` when it is, whoever was quicker."""
    try:
        _write_beside(path, data, _place_new)
    except FileExistsError:
        raise Failure("file-exists", file=str(path)) from None
    except OSError as error:
        raise Failure("output-failed", file=str(path), reason=error.strerror or str(error)) from error


def _write_beside(path: Path, data: bytes, place: Callable[[str, Path], None] = os.replace) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode(path))
        place(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _place_new(beside: str, path: Path) -> None:
    """Give a file its name, which nothing else may have: a renaming would take it from another file."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(beside, path)
    else:
        os.unlink(beside)


def _mode(path: Path) -> int:
    """Keep the rights of the file that is replaced; a new one gets those of any new file."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    shared = path.parent.stat().st_mode & _SHARED == _SHARED
    return 0o666 & ~mask | (0o060 if shared else 0)

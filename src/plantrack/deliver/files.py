"""Files written whole or not at all: beside their place, then renamed into it."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from plantrack import system
from plantrack.deliver.spool import spooled
from plantrack.errors import Failure, failing_as, reason_of

#: What a group may be given: to read and to write.
_GROUP = stat.S_IRGRP | stat.S_IWGRP
#: How a file is called until it has its name, and after how many seconds nobody is at it any more.
_BEGIN, _END = ".plantrack-", ".tmp"
_LEFT_AFTER = 3600


def write_whole(path: Path, data: bytes | Iterable[bytes], *, to_end: bool = False) -> None:
    """Put data, or its pieces, in the place of a file; on failure the old one is as it was (`output-failed`).

    `to_end`: where the place is a pipe, a reader who goes away before the end is a failure.
    """
    pieces = [data] if isinstance(data, bytes) else data
    with failing_as("output-failed", file=str(path)):
        if path.exists() and not path.is_file():
            with contextlib.nullcontext() if to_end else contextlib.suppress(BrokenPipeError):
                _write_through(path, spooled(pieces))
        else:
            _write_beside(_resolved(path), pieces)


def _resolved(path: Path) -> Path:
    """Return where a file is to be: a link stays, and leads to the new file."""
    try:
        return path.resolve()
    except RuntimeError as error:  # links that lead to one another
        raise Failure("output-failed", file=str(path), reason=reason_of(error)) from error


def _write_through(path: Path, blocks: Iterable[bytes]) -> None:
    """Write into a device or a pipe."""
    with path.open("wb", buffering=0) as stream:
        for block in blocks:
            rest = memoryview(block)
            while rest:
                rest = rest[stream.write(rest) :]


def write_new(path: Path, data: bytes) -> None:
    """Put `data` in a file that is not there yet; `file-exists` when it is, whoever was quicker."""
    with failing_as("output-failed", file=str(path)):
        try:
            _write_beside(path, [data], _place_new)
        except FileExistsError:
            raise Failure("file-exists", file=str(path)) from None


def make_private(path: Path) -> None:
    """Make an empty file that is not there yet, for its owner alone; in a folder of a group, for the group as well.

    For what holds the data itself: a database (SQLite gives its rights to what it puts beside it), a copy of one, a
    log. Answers, which are meant for others, follow the umask (`write_whole`).
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if shared := _rights_of_group(path.parent):  # never without need: not every file system has rights
        os.chmod(path, 0o600 | shared)


def _write_beside(
    path: Path, pieces: Iterable[bytes], place: Callable[[str, Path], None] = system.replace
) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=_BEGIN, suffix=_END)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        _give_rights(beside, path)
        _remove_left(path.parent, os.stat(beside).st_mtime)
        place(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _remove_left(folder: Path, now: float) -> None:
    """Take away what commands of this login that were killed left in a folder, an hour ago or longer."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_BEGIN) and entry.name.endswith(_END):
                found = entry.stat(follow_symlinks=False)
                if system.is_own(found) and now - found.st_mtime > _LEFT_AFTER:
                    os.unlink(entry.path)


def _place_new(beside: str, path: Path) -> None:
    """Link a file to its name, which nothing else may have: a renaming would take it from another file."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file system without links, a system without
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        system.replace(beside, path)
    else:
        os.unlink(beside)


def _give_rights(beside: str, path: Path) -> None:
    """Keep the owner, the group and the rights of the file that is replaced; a new one is like any new file."""
    try:
        old = path.stat()
    except OSError:
        os.chmod(beside, _rights_of_new(path.parent))
        return
    for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
        with contextlib.suppress(OSError):  # only root gives files away; a group must be one's own
            system.give(beside, owner, group)
    os.chmod(beside, old.st_mode & 0o777)


def _rights_of_new(folder: Path) -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask | _rights_of_group(folder)


def _rights_of_group(folder: Path) -> int:
    """Return what the group of a folder may do with new files there: all files are made its own, or it may do nothing."""
    found = folder.stat().st_mode
    return found & _GROUP if found & stat.S_ISGID else 0

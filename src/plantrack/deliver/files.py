"""Files written whole or not at all: beside their place, then renamed into it."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from plantrack import system
from plantrack.deliver.spool import spooled
from plantrack.errors import Failure, failing_as, reason_of

#: What a group may be given: to read and to write.
_GROUP = stat.S_IRGRP | stat.S_IWGRP
#: What a login alone may do with what holds the data itself.
_PRIVATE = stat.S_IRUSR | stat.S_IWUSR
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
            _make_beside(_resolved(path), _writer(pieces))


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


def write_new(path: Path, data: bytes, before: Callable[[], None] = lambda: None) -> None:
    """Put `data` in a file that is not there yet; `file-exists` when it is, whoever was quicker.

    `before`: what must be done once there is room for it, and before anybody sees it.
    """

    def place(beside: str, path: Path) -> None:
        if path.exists():
            raise FileExistsError
        before()
        _place_new(beside, path)

    with failing_as("output-failed", file=str(path)):
        try:
            _make_beside(path, _writer([data]), place)
        except FileExistsError:
            raise Failure("file-exists", file=str(path)) from None


def fill_whole(path: Path, fill: Callable[[Path], None], like: Path | None) -> None:
    """Let a file be filled beside its place, which it takes once it is whole and on the disk, or not at all.

    A new one has the owner, the group and their rights of another, `like`; with none, it is as `make_private` makes it.
    Fails with `output-failed`.
    """
    with failing_as("output-failed", file=str(path)):
        place = _resolved(path)
        _make_beside(place, fill, like=like, rights=_rights_of_private)
        _sync_folder(place.parent)


def fill_new(paths: Iterable[Path], fill: Callable[[Path], None], like: Path | None) -> Path:
    """Do so as `fill_whole` does, with the first of some names in one folder that nothing has; return it.

    Fails with `file-exists` where all of them are taken.
    """
    names = iter(paths)
    place = next(names)
    taken: list[Path] = []

    def first_free(beside: str, path: Path) -> None:
        for name in chain([path], names):
            with contextlib.suppress(FileExistsError):
                _place_new(beside, name)
                taken.append(name)
                return
        raise Failure("file-exists", file=str(path))

    with failing_as("output-failed", file=str(place)):
        _make_beside(place, fill, first_free, like=like, rights=_rights_of_private)
        _sync_folder(place.parent)
    return taken[0]


def make_private(path: Path) -> None:
    """Make an empty file that is not there yet, for its owner alone; in a folder of a group, for the group as well.

    For what holds the data itself: a database (SQLite gives its rights to what it puts beside it), a copy of one, a
    log. Answers, which are meant for others, follow the umask (`write_whole`).
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))
    if (
        rights := _rights_of_private(path.parent)
    ) != _PRIVATE:  # never without need: not every file system has rights
        os.chmod(path, rights)


@contextlib.contextmanager
def folder_like(folder: Path, like: Path | None) -> Iterator[None]:
    """Make a folder, and those above it, where there is none, for those who may read or write a file; or for oneself.

    When what is done in it fails, it is gone again. Fails with `folder-not-writable`.
    """
    old, made = like and like.stat(), list[Path]()
    try:
        with failing_as("folder-not-writable", folder=str(folder)):
            for path in reversed([p for p in (folder, *folder.parents) if not os.path.lexists(p)]):
                with contextlib.suppress(FileExistsError):  # another one, at the same time
                    path.mkdir(mode=0o700)
                    made.append(path)
                    if old:
                        _open_to_group(path, old)
            if not folder.is_dir():
                raise NotADirectoryError(20, "Not a directory")
        yield
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _open_to_group(folder: Path, like: os.stat_result) -> None:
    """Let a group do in a folder what it may do with a file; files made there are the group's."""
    if shared := like.st_mode & _GROUP:
        with contextlib.suppress(OSError):  # it must be one's own
            system.give(folder, -1, like.st_gid)
        if folder.stat().st_gid == like.st_gid:
            _set_rights(str(folder), 0o2710 | shared)


def _writer(pieces: Iterable[bytes]) -> Callable[[Path], None]:
    def write(beside: Path) -> None:
        with beside.open("wb") as file:
            file.writelines(pieces)

    return write


def _make_beside(
    path: Path,
    fill: Callable[[Path], None],
    place: Callable[[str, Path], None] = system.replace,
    like: Path | None = None,
    rights: Callable[[Path], int] | None = None,
) -> None:
    with scratch_beside(path) as beside:
        fill(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        _give_rights(str(beside), path, like, rights or _rights_of_new)
        place(str(beside), path)


@contextlib.contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """Make an empty file beside another one, of this login alone; at the end it is gone, unless it took another name."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEGIN, suffix=_END)
    os.close(handle)
    try:
        _remove_left(path.parent, os.stat(name).st_mtime)
        yield Path(name)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _sync_folder(folder: Path) -> None:
    """Wait until a new name is on the disk: what it stands for may be taken away next. Not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
        with contextlib.suppress(OSError):  # the file is there: a second name of it goes later
            os.unlink(beside)


def _give_rights(beside: str, path: Path, like: Path | None, of_new: Callable[[Path], int]) -> None:
    """Keep the owner, the group and the rights of the file that is replaced; `of_new`: those that a new one has there.

    Where it is to be like another one, it has that one's; but no other group has the rights of its group, and a new one
    gives none to all others: it holds the data itself.
    """
    replaced = _state(path)
    old = replaced or (like and _state(like))
    if not old:
        _set_rights(beside, of_new(path.parent))
        return
    for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
        with contextlib.suppress(OSError):  # only root gives files away; a group must be one's own
            system.give(beside, owner, group)
    is_shared = like is None or os.stat(beside).st_gid == old.st_gid
    _set_rights(beside, old.st_mode & (0o777 if replaced else 0o770) & (0o777 if is_shared else 0o707))


def _set_rights(beside: str, rights: int) -> None:
    # It is our own: a file system that refuses knows no rights, as those of sticks and cards.
    with contextlib.suppress(PermissionError):
        os.chmod(beside, rights)


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _rights_of_new(folder: Path) -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask | _rights_of_group(folder)


def _rights_of_private(folder: Path) -> int:
    return _PRIVATE | _rights_of_group(folder)


def _rights_of_group(folder: Path) -> int:
    """Return what the group of a folder may do with new files there: all files are made its own, or it may do nothing."""
    found = folder.stat().st_mode
    return found & _GROUP if found & stat.S_ISGID else 0

"""What only some systems have, and what is done where it is missing: the one home of POSIX, with its other half.

What is there is found by looking for it, not by the name of the system; `WINDOWS` tells only what people have there.
Modules are looked for where they are used: most commands need none of them.
"""

import contextlib
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, Final, TextIO

WINDOWS: Final[bool] = os.name == "nt"


def _module(name: str) -> Any:
    """Return a module that only some systems have; None where it is missing."""
    try:
        return import_module(name)
    except ImportError:
        return None


# --- files ---

#: Of `os.open`: without waiting for whoever has the other end of a pipe, without following a link, byte for byte.
_AT_ONCE: Final[int] = getattr(os, "O_NONBLOCK", 0)
_NO_LINK: Final[int] = getattr(os, "O_NOFOLLOW", 0)
_BYTES: Final[int] = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
#: How long a file that another program holds is waited for, where that keeps it from being replaced.
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4)


def open_at_once(path: Path) -> int:
    """Open a file to read it; opening a pipe that nobody writes to would wait for ever."""
    return os.open(path, os.O_RDONLY | _AT_ONCE | _BYTES)


def append_private(path: Path, data: bytes) -> None:
    """Add to a plain file, which is made for its owner alone; nothing else is written to, and no link is followed."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _AT_ONCE | _NO_LINK | _BYTES, 0o600)
    with open(handle, "ab", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("Not a regular file")
        if file.write(data) < len(data):
            raise OSError("No space left on device")


def file_uri(path: PurePath, options: str) -> str:
    """Return the URI of an absolute path, as SQLite reads it; `urllib` would cost every command two milliseconds.

    On Windows a path begins with the letter of a drive, which a slash goes before, or with the two slashes of a
    network folder, which are kept behind those of the URI.
    """
    name = path.as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file://{'' if name.startswith('/') else '/'}{name}?{options}"


def replace(beside: str, path: Path) -> None:
    """Put a file in the place of another. Windows refuses that while somebody has the other one open."""
    for pause in _PAUSES if WINDOWS else ():
        with contextlib.suppress(PermissionError):
            return os.replace(beside, path)
        time.sleep(pause)  # one that guards against viruses is soon done
    try:
        os.replace(beside, path)
    except PermissionError as error:
        if WINDOWS and path.is_file() and os.access(path, os.W_OK):
            raise OSError(error.errno, "open in another program") from error
        raise


def is_own(found: os.stat_result) -> bool:
    """Return whether a file is this login's; Windows gives every file to 0."""
    return found.st_uid == _login()


def _login() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0


def login_name() -> str:
    """Return the name under which somebody is logged in here; empty where the system knows none."""
    try:
        import getpass

        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def owner_of(path: Path) -> str:
    """Return the login that a file belongs to; empty where that has no name, or no login is known."""
    pwd = _module("pwd")
    try:
        return str(pwd.getpwuid(path.stat().st_uid).pw_name) if pwd else ""
    except (OSError, KeyError):
        return ""


def give(path: str | Path, owner: int, group: int) -> None:
    """Make a file that of a login, or of a group (-1: as it is); a system that knows neither has nothing to do."""
    if hasattr(os, "chown"):
        os.chown(path, owner, group)


# --- groups of the machine ---


def group_number(name: str) -> int | None:
    """Return the number of a group; None where there is none of this name, or no groups are known."""
    grp = _module("grp")
    try:
        return int(grp.getgrnam(name).gr_gid) if grp else None
    except (KeyError, ValueError):
        return None


def group_name(number: int) -> str | None:
    """Return the name of a group, or its number where it has none; None where no groups are known."""
    grp = _module("grp")
    try:
        return str(grp.getgrgid(number).gr_name) if grp else None
    except KeyError:
        return str(number)


def may_give_to(group: int) -> bool:
    """Return whether this login may give its files to a group that there is."""
    own = [*os.getgroups()] if hasattr(os, "getgroups") else []
    own += [os.getegid()] if hasattr(os, "getegid") else []
    return _login() == 0 or group in own


def may_give(found: os.stat_result) -> bool:
    """Return whether this login may change whom a file belongs to."""
    return _login() == 0 or is_own(found)


# --- one at a time ---

#: The file that stands for the lock of a folder where a folder has none of its own; git ignores it with the database's.
LOCK_FILE: Final = "plantrack.db-lock"


def try_lock(folder: Path) -> Callable[[], None] | None:
    """Take the lock of a folder; return what gives it back, or None while another process has it.

    It ends with its process, however that ends. On POSIX it is the system's own lock of the folder itself (`flock`):
    nothing is left behind, and a folder that may only be read has one too. Where there is none (Windows, and
    network folders whose server locks only files that are open for writing), a file in it is locked, by filelock.
    """
    fcntl = _module("fcntl")
    if fcntl is None:
        return _try_file(folder)
    handle = os.open(folder, os.O_RDONLY | _BYTES)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        return _try_file(folder)
    return partial(os.close, handle)


def _try_file(folder: Path) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout

    folder.stat()  # one that is not there would be made
    lock = FileLock(folder / LOCK_FILE, mode=0o660)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock.release


# --- the terminal ---

#: What is taken where nobody has chosen a pager, or an editor: the first that is there. `more` of Windows cannot read
#: UTF-8, and its terminal scrolls back by itself.
PAGERS: Final = ("less",) if WINDOWS else ("less", "more")
EDITORS: Final = ("notepad",) if WINDOWS else ("editor", "nano", "vi")


def is_terminal(stream: TextIO) -> bool:
    """Return whether a stream is a terminal; Windows takes its null device for one."""
    if not stream.isatty():
        return False
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return not WINDOWS or type(raw).__name__ == "_WindowsConsoleIO"


def shows_colour(stream: TextIO) -> bool:
    """Return whether a terminal reads the marks of colours; that of an old Windows does not, and others are told to."""
    if not WINDOWS:
        return True
    import ctypes

    msvcrt, kernel, mode = _module("msvcrt"), getattr(ctypes, "windll").kernel32, ctypes.c_ulong()  # noqa: B009
    console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
    known = kernel.GetConsoleMode(console, ctypes.byref(mode))
    return bool(known and kernel.SetConsoleMode(console, mode.value | _READS_MARKS))


#: ENABLE_VIRTUAL_TERMINAL_PROCESSING
_READS_MARKS: Final = 0x0004


@contextlib.contextmanager
def terminal_kept() -> Iterator[None]:
    """Leave the terminal as it was, however another program ends: one that is killed leaves it without echo."""
    termios = _module("termios")
    if termios is None:
        yield
        return
    terminal, modes = sys.stdout.fileno(), None
    with contextlib.suppress(termios.error):
        modes = termios.tcgetattr(terminal)
    try:
        yield
    finally:
        if modes is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(terminal, termios.TCSADRAIN, modes)


def edit_typed_lines() -> None:
    """Let the line that `input` reads be edited; the terminal of Windows does that itself."""
    _module("readline")


def is_dumb() -> bool:
    """Return whether a terminal cannot move on by screens; only POSIX says which one it is."""
    return os.environ.get("TERM", "" if WINDOWS else "dumb") == "dumb"


#: What asks a program to end: another one, a terminal that is closed, on Windows Ctrl-Break and the window's cross.
END_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


# --- commands that people have chosen ---


def command_words(text: str) -> list[str]:
    r"""Split a command that somebody has set into words; on Windows, `\` is no mark of what follows it.

    Raises: ValueError, where a quote stays open.
    """
    import shlex  # most commands run no other

    reader = shlex.shlex(text, posix=True, punctuation_chars=False)
    reader.whitespace_split, reader.commenters = True, ""
    if WINDOWS:
        reader.escape, reader.quotes = "", '"'
    return list(reader)

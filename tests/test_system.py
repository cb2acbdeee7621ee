"""What only some systems have, and what is done where it is missing: both halves, here."""

import os
import stat
import subprocess
import sys
import types
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from plantrack import system


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """What people have on Windows."""
    monkeypatch.setattr(system, "WINDOWS", True)


def hide(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    for name in modules:
        monkeypatch.setitem(sys.modules, name, None)


# files


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/srv/kế hoạch/a.db"), "file:///srv/kế hoạch/a.db"),
        (PurePosixPath("/a%20?b#c"), "file:///a%2520%3fb%23c"),
        (PurePosixPath("//srv/a"), "file:////srv/a"),
        (PureWindowsPath("C:\\Kế hoạch\\a.db"), "file:///C:/Kế hoạch/a.db"),
        (PureWindowsPath("\\\\may-chu\\chung\\a b.db"), "file:////may-chu/chung/a b.db"),
    ],
    ids=str,
)
def test_the_uri_of_a_file(path: PurePosixPath | PureWindowsPath, uri: str) -> None:
    assert system.file_uri(path, "mode=ro") == f"{uri}?mode=ro"


def test_what_is_added_to_is_its_owner_s_alone_and_a_plain_file(tmp_path: Path) -> None:
    file, mask = tmp_path / "a", os.umask(0)
    try:
        system.append_private(file, b"1\n")
        system.append_private(file, b"2\r\n")
    finally:
        os.umask(mask)
    assert file.read_bytes() == b"1\n2\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(OSError):
        system.append_private(tmp_path, b"x")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX's")
def test_neither_a_link_nor_a_pipe_is_added_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OSError):
            system.append_private(tmp_path / name, b"x")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(OSError):
        system.append_private(tmp_path / "pipe", b"x")
    assert os.read(reader, 9) == b""
    os.close(reader)
    assert not (tmp_path / "a").exists()


def refusing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let a file not be replaced for some times, as where somebody has it open; return how long one waits."""
    waited: list[float] = []
    put = os.replace

    def refuse(source: str, target: Path) -> None:
        if len(waited) < times:
            raise PermissionError(13, "Access is denied")
        put(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_open_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    waited = refusing(2, monkeypatch)
    system.replace(str(new), old)
    assert (old.read_text(), new.exists(), len(waited)) == ("new", False, 2)


@pytest.mark.parametrize("on_windows", [True, False])
def test_a_file_that_stays_open_is_told_as_that(
    on_windows: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "WINDOWS", on_windows)
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    waited = refusing(99, monkeypatch)
    with pytest.raises(OSError) as caught:
        system.replace(str(new), old)
    assert caught.value.strerror == ("open in another program" if on_windows else "Access is denied")
    assert (old.read_text(), bool(waited)) == ("old", on_windows)


def test_without_owners_every_file_is_one_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("geteuid", "chown"):
        monkeypatch.delattr(os, name, raising=False)
    found = tmp_path.stat()
    assert system.may_give(found)
    system.give(tmp_path, 12345, 12345)
    assert tmp_path.stat().st_uid == found.st_uid


def test_without_groups_none_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "grp")
    assert system.group_number("root") is None


def test_without_logins_a_file_has_no_owner_s_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if hasattr(os, "geteuid"):
        assert system.owner_of(tmp_path) == tmp_path.owner()
    assert system.owner_of(tmp_path / "no") == ""
    hide(monkeypatch, "pwd")
    assert system.owner_of(tmp_path) == ""


# one at a time


@pytest.mark.parametrize("hidden", [[], ["fcntl"]], ids=["folder", "file"])
@pytest.mark.filterwarnings("ignore:only soft file lock")
def test_the_lock_of_a_folder_is_one_s_own_until_it_is_given_back(
    hidden: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, *hidden)
    give_back = system.try_lock(tmp_path)
    assert give_back is not None
    assert system.try_lock(tmp_path) is None
    give_back()
    again = system.try_lock(tmp_path)
    assert again is not None
    again()
    left = [path.name for path in tmp_path.iterdir()]
    assert left == [] if not hidden else left in ([], [system.LOCK_FILE])
    with pytest.raises(FileNotFoundError):
        system.try_lock(tmp_path / "no")


HOLDS = """
import sys, time
sys.modules["fcntl"] = None if "hidden" in sys.argv else sys.modules.get("fcntl")
from pathlib import Path
from plantrack.system import try_lock
held = try_lock(Path(sys.argv[1]))
assert held
print("held", flush=True)
time.sleep(600)
"""


def test_a_folder_whose_lock_the_system_refuses_has_a_file_that_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of NFS locks only what is open for writing, which no folder is."""
    fcntl = pytest.importorskip("fcntl", reason="only POSIX locks folders")
    lock = fcntl.flock

    def refuse_folders(handle: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(9, "Bad file descriptor")
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", refuse_folders)
    give_back = system.try_lock(tmp_path)
    assert give_back is not None
    assert [path.name for path in tmp_path.iterdir()] == [system.LOCK_FILE]
    assert system.try_lock(tmp_path) is None
    give_back()


def test_the_lock_of_a_file_ends_with_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "fcntl")
    command = [sys.executable, "-W", "ignore", "-c", HOLDS, str(tmp_path), "hidden"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert system.try_lock(tmp_path) is None
        process.kill()
        process.wait()
    again = system.try_lock(tmp_path)
    assert again is not None
    again()


# the terminal


class Stream:
    """A stream with a file of some kind behind it."""

    def __init__(self, kind: str, *, is_terminal: bool = True) -> None:
        self.buffer = types.SimpleNamespace(raw=type(kind, (), {})())
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def fileno(self) -> int:
        return 1


@pytest.mark.usefixtures("windows")
def test_the_null_device_of_windows_is_no_terminal() -> None:
    assert not system.is_terminal(Stream("FileIO"))  # type: ignore[arg-type]
    assert system.is_terminal(Stream("_WindowsConsoleIO"))  # type: ignore[arg-type]
    assert not system.is_terminal(Stream("_WindowsConsoleIO", is_terminal=False))  # type: ignore[arg-type]


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(("known", "taken"), [(1, 1), (1, 0), (0, 1)])
def test_an_old_console_has_no_colours(known: int, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    set_to: list[int] = []

    def get_mode(console: ctypes.c_void_p, mode: object) -> int:
        mode._obj.value = 3  # type: ignore[attr-defined]
        return known

    def set_mode(console: ctypes.c_void_p, mode: int) -> int:
        assert console.value == 77
        set_to.append(mode)
        return taken

    kernel = types.SimpleNamespace(GetConsoleMode=get_mode, SetConsoleMode=set_mode)
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(get_osfhandle=lambda _: 77))
    assert system.shows_colour(Stream("_WindowsConsoleIO")) == bool(known and taken)  # type: ignore[arg-type]
    assert set_to == ([7] if known else [])


def test_a_terminal_that_nobody_names_is_dumb_on_posix_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for on_windows in (True, False):
        monkeypatch.setattr(system, "WINDOWS", on_windows)
        monkeypatch.delenv("TERM", raising=False)
        assert system.is_dumb() == (not on_windows)
        monkeypatch.setenv("TERM", "dumb")
        assert system.is_dumb()


def test_the_terminal_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX's")
    termios = pytest.importorskip("termios", reason="pseudo-terminals are POSIX's")
    other: int
    terminal: int
    other, terminal = pty.openpty()
    modes = termios.tcgetattr(terminal)

    class Out:
        def fileno(self) -> int:
            return terminal

    monkeypatch.setattr("sys.stdout", Out())
    with system.terminal_kept():
        changed = [*modes]
        changed[3] &= ~termios.ECHO
        termios.tcsetattr(terminal, termios.TCSANOW, changed)
    assert termios.tcgetattr(terminal)[3] == modes[3]
    os.close(other)
    os.close(terminal)


def test_a_system_without_terminal_modes_keeps_none(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "termios", "readline")
    went_on = False
    with system.terminal_kept():
        system.edit_typed_lines()
        went_on = True
    assert went_on


# commands


@pytest.mark.parametrize(
    ("text", "on_posix", "on_windows"),
    [
        ("less -R", ["less", "-R"], ["less", "-R"]),
        ("'my editor' -w", ["my editor", "-w"], ["'my", "editor'", "-w"]),
        (
            '"C:\\Program Files\\e.exe" -w',
            ["C:\\Program Files\\e.exe", "-w"],
            ["C:\\Program Files\\e.exe", "-w"],
        ),
        ("C:\\e\\code.cmd -w", ["C:ecode.cmd", "-w"], ["C:\\e\\code.cmd", "-w"]),
        ("a#b", ["a#b"], ["a#b"]),
        ("", [], []),
    ],
)
def test_a_command_that_somebody_has_set(
    text: str, on_posix: list[str], on_windows: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_windows, words in ((False, on_posix), (True, on_windows)):
        monkeypatch.setattr(system, "WINDOWS", is_windows)
        assert system.command_words(text) == words
    with pytest.raises(ValueError, match="quotation"):
        system.command_words('"open')
